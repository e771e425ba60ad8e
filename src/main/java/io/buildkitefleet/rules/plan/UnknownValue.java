package io.buildkitefleet.rules.plan;

import io.buildkitefleet.pulumi.Registration;

/**
 * A value that a rule asked for and nobody knows before the update.
 *
 * @param resource that has it
 * @param path where it stands there, as {@code spec.egress[0].ports}
 */
public record UnknownValue(Registration resource, String path) {
    /** For a person, without the resource's name. */
    public String told() {
        return path + " is known after up";
    }
}
