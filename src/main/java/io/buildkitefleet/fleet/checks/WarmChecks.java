package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import java.util.List;
import java.util.Set;

/** What is kept on a node for the next job is of use there, and harmless. */
final class WarmChecks implements Check {
    private static final String WORKSPACE = "/workspace";

    /** Where programs, their settings and the fleet's own hooks are. */
    private static final List<String> SYSTEM = List.of(
            "/bin",
            "/sbin",
            "/lib",
            "/lib64",
            "/etc",
            "/dev",
            "/proc",
            "/sys",
            "/run",
            "/var/run",
            "/buildkite",
            "/usr/bin",
            "/usr/sbin",
            "/usr/lib",
            "/usr/local/bin",
            "/usr/local/sbin",
            "/usr/local/lib",
            "/root/.ssh",
            "/root/.config");

    /** Directories that hold such. */
    private static final Set<String> ABOVE = Set.of("/", "/usr", "/usr/local", "/root", "/home", "/tmp", "/var");

    private final Fleet fleet;
    private final Problems problems;

    WarmChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
    }

    @Override
    public void run() {
        fleet.queues().stream()
                .filter(queue -> !queue.config().warm().isEmpty())
                .forEach(queue -> queue(problems.at("queues", queue.name(), "warm"), queue));
    }

    private void queue(Place at, Queue queue) {
        if (!queue.isTrusted()) {
            at.add("must be empty on an untrusted queue: one job would prepare what the next runs");
            return;
        }
        queue.pool().ifPresent(pool -> kept(at, pool));
        queue.config().warm().forEach((name, mount) -> mount(at.at(name), mount, queue.jobsPerNode()));
    }

    private void kept(Place at, Pool pool) {
        if (pool.primary().min() == 0 && !problems.at("pools", pool.name()).isInDoubt("min")) {
            at.add("is lost with its node, and pool \"" + pool.name() + "\" keeps none; set pools." + pool.name()
                    + ".min to 1");
        }
    }

    private static void mount(Place at, String mount, int jobsPerNode) {
        if (ABOVE.contains(mount) || SYSTEM.stream().anyMatch(path -> (mount + "/").startsWith(path + "/"))) {
            at.add("must not be a directory of the system or a home directory, got " + mount
                    + ": what a job leaves there runs beside the next one's keys; name a directory of a tool, such as "
                    + "/root/.cargo");
        } else if (mount.equals(WORKSPACE)) {
            at.add("must not be " + WORKSPACE + " itself; " + WORKSPACE + "/build holds the checkout");
        } else if (mount.startsWith(WORKSPACE + "/") && jobsPerNode > 1) {
            at.add("is written by " + jobsPerNode + " jobs at a time, and a checkout is one job's; "
                    + "give each job a node of its own, with jobsPerNode: 1 and no less than its share");
        }
    }
}
