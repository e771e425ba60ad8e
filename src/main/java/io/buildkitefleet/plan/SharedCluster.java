package io.buildkitefleet.plan;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.LocalConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.text.Listing;
import java.util.List;

/**
 * Finds local stacks in one cluster: the policies that admit their pods are the cluster's own and have one name each,
 * so the second stack's update fails in the middle.
 */
final class SharedCluster {
    private SharedCluster() {}

    /** A name is one cluster only in one kubeconfig, so it is no more than a warning. */
    static void check(Project project, FleetConfig config, Problems problems) {
        config.local().ifPresent(local -> {
            var others = others(project, config.stack(), local);
            if (!others.isEmpty()) {
                problems.at(LocalConfig.KEY, "context")
                        .warn("is also that of " + (others.size() == 1 ? "stack " : "stacks ") + Listing.of(others)
                                + ", got \"" + local.context()
                                + "\": a cluster has room for one local fleet, and the update of the second one fails; give "
                                + "each a cluster of its own, unless only one is there at a time");
            }
        });
    }

    private static List<String> others(Project project, String stack, LocalConfig local) {
        return project.stacksBeside(stack).stream()
                .filter(other -> Previews.configOf(other)
                        .local()
                        .filter(theirs -> theirs.context().equals(local.context()))
                        .isPresent())
                .map(Stack::name)
                .toList();
    }
}
