package io.buildkitefleet.config.read;

import io.buildkitefleet.pulumi.BaseFiles;
import io.buildkitefleet.pulumi.WrittenValues;
import java.util.Optional;
import java.util.Set;

/** The configuration of one stack as Pulumi hands it to a program, whoever plays Pulumi's part. */
public interface ConfigSource {
    /** The namespace of the project's own keys: the name in {@code Pulumi.yaml}. */
    String NAMESPACE = "buildkite-fleet:";

    /** The key of the fleet itself. */
    String FLEET = NAMESPACE + "fleet";

    /** What the value of a secret begins with where it is not known, as in an offline preview. */
    String PLACEHOLDER = "offline-placeholder-for-";

    /** The stack's name, as in {@code Pulumi.<stack>.yaml}. */
    String stack();

    /** The file that a person changes. */
    default String file() {
        return "Pulumi." + stack() + ".yaml";
    }

    /** What tells {@code pulumi config} that it is this configuration. */
    default String selection() {
        return "--stack " + stack();
    }

    /** Every key that has a value, with its namespace, such as {@code gcp:project}. */
    Set<String> keys();

    /** The value of a key; objects are JSON text. */
    Optional<String> get(String key);

    /** Whether the value of the key is kept encrypted. */
    boolean isSecret(String key);

    /** The ESC environments that may have values which are not here, for a sentence; empty if there are none. */
    default String environments() {
        return "";
    }

    /** How its values are written; Pulumi does not say that to a program. */
    default WrittenValues written() {
        return WrittenValues.NONE;
    }

    /** The files of the project that the stack may take from. */
    BaseFiles bases();
}
