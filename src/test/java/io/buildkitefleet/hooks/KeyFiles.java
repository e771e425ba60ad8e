package io.buildkitefleet.hooks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.signing.KeySet;
import io.buildkitefleet.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The keys of signed pipelines as the controller gives them to an agent.
 *
 * @param secret the file with the private key
 * @param open the file with the public ones
 * @param id the key that signs
 */
record KeyFiles(Path secret, Path open, String id) {
    static final String REPOSITORY = "git@github.com:acme/app.git";

    /** A new key, to verify with which others may stand beside it. */
    static KeyFiles of(Path directory, SigningKey key, SigningKey... others) throws IOException {
        Files.createDirectories(directory);
        var secret = Files.createFile(
                directory.resolve("private.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, new KeySet(List.of(key.secret())).json());
        var open = new KeySet(Stream.concat(Stream.of(key), Stream.of(others))
                .map(SigningKey::open)
                .toList());
        return new KeyFiles(
                secret,
                Files.writeString(directory.resolve("public.json"), open.json()),
                key.secret().id());
    }

    /** What the controller tells an agent that verifies. */
    Map<String, String> verifying(String behavior) {
        return Map.of(
                "BUILDKITE_AGENT_VERIFICATION_JWKS_FILE",
                open.toString(),
                "BUILDKITE_AGENT_JOB_VERIFICATION_NO_SIGNATURE_BEHAVIOR",
                behavior);
    }

    /** What the controller tells the agent of the queue that signs. */
    Map<String, String> signing() {
        var environment = new TreeMap<>(verifying("warn"));
        environment.put("BUILDKITE_AGENT_SIGNING_JWKS_FILE", secret.toString());
        environment.put("BUILDKITE_AGENT_SIGNING_JWKS_KEY_ID", id);
        environment.put("BUILDKITE_NO_LOCAL_HOOKS", "true");
        environment.put("BUILDKITE_NO_PLUGINS", "true");
        environment.put("BUILDKITE_NO_PTY", "true");
        return environment;
    }

    /** The only step of a pipeline, as the agent signs it. */
    JsonObject signed(BuildkiteAgent agent, Path directory, String pipeline) throws IOException, InterruptedException {
        var file = Files.writeString(directory.resolve("pipeline.yml"), pipeline);
        var run = Hooks.run(
                Map.of("PATH", agent.path(), "BUILDKITE_REPO", REPOSITORY),
                directory,
                List.of(
                        agent.executable().toString(),
                        "pipeline",
                        "upload",
                        file.toString(),
                        "--dry-run",
                        "--log-level=error",
                        "--jwks-file=" + secret,
                        "--jwks-key-id=" + id));
        if (run.exitCode() != 0) {
            throw new AssertionError(run.output());
        }
        return onlyStep(JsonParser.parseString(run.output()).getAsJsonObject());
    }

    static JsonObject onlyStep(JsonObject pipeline) {
        var steps = pipeline.getAsJsonArray("steps");
        if (steps.size() != 1) {
            throw new AssertionError("not one step: " + pipeline);
        }
        return steps.get(0).getAsJsonObject();
    }
}
