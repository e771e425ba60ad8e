package io.buildkitefleet.plan;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.pulumi.Project;

/**
 * Keeps a stack's registry mirror out of the registries of the other stacks of its project: the jobs of those push
 * there, and could replace what runs beside each job of this one.
 */
final class OtherRegistries {
    private OtherRegistries() {}

    static void check(Project project, FleetConfig config, Problems problems) {
        config.registryMirror().ifPresent(mirror -> project.stacksBeside(config.stack()).stream()
                .filter(stack -> isOf(Previews.configOf(stack), mirror))
                .findFirst()
                .ifPresent(stack -> problems.at("registryMirror")
                        .add("is in the registry of stack " + stack.name() + ", got \"" + mirror.address()
                                + "\": its jobs push there, and could replace what this fleet runs; use a"
                                + " repository that no job writes to")));
    }

    /** What cannot be read of the other stack is no name of a repository. */
    private static boolean isOf(FleetConfig other, RegistryMirror mirror) {
        return (mirror.address() + "/").startsWith(new ResourceNames(other).imageRegistry() + "/");
    }
}
