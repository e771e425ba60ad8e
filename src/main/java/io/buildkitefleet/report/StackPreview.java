package io.buildkitefleet.report;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.FleetResolver;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.preview.Plan;
import io.buildkitefleet.preview.Project;
import io.buildkitefleet.preview.Stack;
import java.util.stream.Collectors;

/** What a stack's configuration means, and what the program makes of it. */
public record StackPreview(Fleet fleet, Plan plan) {
    /**
     * Previews a stack.
     *
     * @throws io.buildkitefleet.config.ConfigException if its configuration is wrong; the program is not started then
     * @throws io.buildkitefleet.preview.PreviewException if its file can't be read, or the program fails
     */
    public static StackPreview of(Project project, String stackName, OfflineEngine engine) {
        var stack = withPlaceholders(project.stack(stackName));
        var fleet = FleetResolver.resolve(new StackSource(stack));
        return new StackPreview(fleet, engine.preview(project, stack));
    }

    /**
     * What a stack's configuration means, whether its secrets are set or not.
     *
     * @throws io.buildkitefleet.config.ConfigException if it is wrong
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
