package io.buildkitefleet.plan;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import java.util.stream.Collectors;

/** What a stack's configuration means, and what the program makes of it. */
public record StackPreview(Fleet fleet, Plan plan) {
    /**
     * Previews a stack.
     *
     * @throws io.buildkitefleet.config.read.ConfigException if its configuration is wrong; the program is not started
     *     then
     * @throws io.buildkitefleet.pulumi.ProjectException if its file can't be read, or the program fails
     */
    public static StackPreview of(Project project, String stackName, OfflineEngine engine) {
        var stack = withPlaceholders(project.stack(stackName));
        var fleet = FleetResolver.resolve(new StackSource(stack));
        return new StackPreview(fleet, engine.preview(project, stack));
    }

    /**
     * What a stack's configuration means, whether its secrets are set or not.
     *
     * @throws io.buildkitefleet.config.read.ConfigException if it is wrong
     */
    public static Fleet fleetOf(Stack stack) {
        return FleetResolver.resolve(new StackSource(withPlaceholders(stack)));
    }

    /** Secrets have no part in a preview, so one that is not set yet does not stop it. */
    private static Stack withPlaceholders(Stack stack) {
        var config = FleetConfigReader.read(new StackSource(stack), new Problems(stack.name()));
        return stack.withPlaceholderSecrets(config.secretKeys().stream()
                .map(FleetConfigReader.NAMESPACE::concat)
                .collect(Collectors.toSet()));
    }
}
