package io.buildkitefleet.plan;

import io.buildkitefleet.config.ExtendedFleet;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.preview.OfflineEngine;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Previews the stacks of a project, whether their secrets are set or not. */
public record Previews(Project project, OfflineEngine engine) {
    /**
     * Previews a stack.
     *
     * @throws io.buildkitefleet.config.read.ConfigException if its configuration is wrong; the program is not started
     *     then
     * @throws io.buildkitefleet.pulumi.ProjectException if its file can't be read, or the program fails
     */
    public StackPreview of(String stackName) {
        var stack = withPlaceholders(project.stack(stackName));
        var fleet = fleetOf(project, stack);
        return new StackPreview(fleet, engine.preview(project, stack), SharedIdentity.of(project, fleet.config()));
    }

    /**
     * What a stack's configuration means beside those of the other stacks of its project, without running the program.
     *
     * @throws io.buildkitefleet.config.read.ConfigException if it is wrong
     */
    public static Fleet fleetOf(Project project, Stack stack) {
        var fleet = fleetOf(stack);
        var problems = problemsOf(stack);
        OtherRegistries.check(project, fleet.config(), problems);
        SharedCluster.check(project, fleet.config(), problems);
        problems.throwIfAny();
        return fleet.withWarnings(Stream.concat(fleet.warnings().stream(), problems.warnings().stream())
                .toList());
    }

    /**
     * What a stack's configuration means, without running the program.
     *
     * @throws io.buildkitefleet.config.read.ConfigException if it is wrong
     */
    public static Fleet fleetOf(Stack stack) {
        return FleetResolver.resolve(sourceOf(stack));
    }

    /** A stack as the program receives it in a preview. */
    static ConfigSource sourceOf(Stack stack) {
        return new StackSource(withPlaceholders(stack));
    }

    /** For what else may be wrong with a stack that can be read: they are told in which file each value stands. */
    public static Problems problemsOf(Stack stack) {
        var source = new StackSource(stack);
        var problems = new Problems(source);
        ExtendedFleet.read(source, problems);
        return problems;
    }

    /** What a person wrote of a stack, right or wrong. */
    public static FleetConfig configOf(Stack stack) {
        var source = new StackSource(stack);
        return FleetConfigReader.read(source, new Problems(source));
    }

    /** Secrets have no part in a preview, so one that is not set yet does not stop it. */
    private static Stack withPlaceholders(Stack stack) {
        return stack.withPlaceholderSecrets(
                configOf(stack).secretKeys().stream().map(FleetConfig::fullKey).collect(Collectors.toSet()));
    }
}
