package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Pool;

/** What is kept on a node for the next job is of use there, and harmless. */
public final class WarmChecks {
    private static final String WORKSPACE = "/workspace";

    private final String path;
    private final QueueConfig queue;
    private final Problems problems;

    public WarmChecks(String path, QueueConfig queue, Problems problems) {
        this.path = path;
        this.queue = queue;
        this.problems = problems;
    }

    public void run(Pool pool, int jobsPerNode) {
        if (queue.warm().isEmpty()) {
            return;
        }
        if (queue.trust() == Trust.UNTRUSTED) {
            problems.add(
                    path + ".warm", "must be empty on an untrusted queue: one job would prepare what the next runs");
            return;
        }
        if (pool.primary().min() == 0
                && !problems.anyBelow(FleetConfigReader.ROOT + ".pools." + pool.name() + ".min")) {
            problems.add(
                    path + ".warm",
                    "is lost with its node, and pool \"" + pool.name() + "\" keeps none; set pools." + pool.name()
                            + ".min to 1");
        }
        queue.warm().forEach((name, mount) -> mount(path + ".warm." + name, mount, jobsPerNode));
    }

    private void mount(String at, String mount, int jobsPerNode) {
        if (mount.equals(WORKSPACE)) {
            problems.add(at, "must not be " + WORKSPACE + " itself; " + WORKSPACE + "/build holds the checkout");
        } else if (mount.startsWith(WORKSPACE + "/") && jobsPerNode > 1) {
            problems.add(
                    at,
                    "is written by " + jobsPerNode + " jobs at a time, and a checkout is one job's; "
                            + "give each job a node of its own, with jobsPerNode: 1 and no less than its share");
        }
    }
}
