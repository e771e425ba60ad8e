package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;

/** Who may open a shell beside a job. */
final class DebugChecks {
    private final FleetConfig config;
    private final Problems problems;

    DebugChecks(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        config.queues().forEach((name, queue) -> {
            if (!queue.debuggers().isEmpty()) {
                queue(FleetConfigReader.ROOT + ".queues." + name + ".debuggers", queue);
            }
        });
    }

    private void queue(String path, QueueConfig queue) {
        var group = queue.debuggers().stream()
                .filter(member -> member.startsWith("group:"))
                .findFirst();
        if (queue.trust() == Trust.UNTRUSTED) {
            problems.add(
                    path,
                    "must be empty on an untrusted queue: its namespace admits no container that could trace another");
        } else if (group.isPresent() && config.cluster().securityGroup().isEmpty() && !isClusterInDoubt()) {
            problems.add(
                    path,
                    "names " + group.get() + ", which the cluster only knows with cluster.securityGroup; set that, or "
                            + "name people");
        }
    }

    private boolean isClusterInDoubt() {
        return problems.anyAt(FleetConfigReader.ROOT + ".cluster")
                || problems.anyBelow(FleetConfigReader.ROOT + ".cluster.securityGroup");
    }
}
