package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps queues off the nodes of a Docker daemon that is not theirs. Each trusted queue has something there that is
 * worth stealing, its Google identity at least. That untrusted queues have nodes of their own is said elsewhere.
 */
final class SharedPoolChecks implements Check {
    private final Fleet fleet;
    private final Problems problems;

    SharedPoolChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
    }

    @Override
    public void run() {
        fleet.pools().stream().filter(pool -> !pool.config().shared()).forEach(this::pool);
    }

    private void pool(Pool pool) {
        var queues = fleet.trustedQueues().stream()
                .filter(queue -> queue.pool().equals(pool))
                .toList();
        var owners = queues.stream().filter(Queue::ownsItsNodes).toList();
        var at = problems.at("pools", pool.name());
        var namespaces = fleet.namespaces().stream()
                .filter(namespace -> namespace.pool().name().equals(pool.name()))
                .map(namespace -> "namespace " + namespace.name())
                .toList();
        if (owners.isEmpty()
                || queues.size() + namespaces.size() == 1
                || at.isInDoubt("shared")
                || areInDoubt(queues)) {
            return;
        }
        var owner = owners.get(0).name();
        var others = Stream.concat(
                        queues.stream().map(Queue::name).filter(name -> !name.equals(owner)), namespaces.stream())
                .collect(Collectors.joining(", "));
        at.add("is shared by queue " + owner + ", which has a Docker daemon, and " + others
                + ": whoever talks to the daemon owns the node, with the pods, secrets and identities of the others "
                + "on it; give " + owner + " a pool of its own, or accept that with shared: true");
    }

    private boolean areInDoubt(List<Queue> queues) {
        return queues.stream()
                .map(queue -> problems.at("queues", queue.name()))
                .anyMatch(at ->
                        at.isInDoubt("trust") || at.isInDoubt("can") || at.isInDoubt("docker") || at.isInDoubt("pool"));
    }
}
