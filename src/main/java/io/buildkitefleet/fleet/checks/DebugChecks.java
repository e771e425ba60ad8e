package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Fleet;

/** Who may open a shell beside a job. */
final class DebugChecks implements Check {
    private final FleetConfig config;
    private final Problems problems;

    DebugChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        config.queues().forEach((name, queue) -> {
            if (!queue.debuggers().isEmpty()) {
                queue(problems.at("queues", name, "debuggers"), queue);
            }
        });
    }

    private void queue(Place at, QueueConfig queue) {
        if (queue.trust() == Trust.UNTRUSTED) {
            at.add("must be empty on an untrusted queue: its namespace admits no container that could trace another");
        } else if (config.cluster().securityGroup().isEmpty() && !isClusterInDoubt()) {
            at.each(queue.debuggers(), DebugChecks::member);
        }
    }

    private static void member(Place at, String member) {
        if (member.startsWith("group:")) {
            at.add("names " + member + ", which the cluster only knows with cluster.securityGroup; set that, or "
                    + "name people");
        }
    }

    private boolean isClusterInDoubt() {
        var cluster = problems.at("cluster");
        return cluster.isRefused() || cluster.isInDoubt("securityGroup");
    }
}
