package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.NamespaceBounds;
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
        var at = problems.at("pools", pool.name());
        if (at.isInDoubt("shared") || areInDoubt(queues)) {
            return;
        }
        queues.stream().filter(Queue::ownsItsNodes).findFirst().ifPresent(owner -> {
            var others = others(owner, queues);
            if (!others.isEmpty()) {
                at.add("is shared by queue " + owner.name() + ", which has a Docker daemon, and " + others
                        + ": whoever talks to the daemon owns the node, with the pods, secrets and identities of the "
                        + "others on it; give " + owner.name()
                        + " a pool of its own, or accept that with shared: true");
            }
        });
    }

    /** Whose pods are on the owner's nodes beside its own. What it deploys itself it may read and change anyway. */
    private String others(Queue owner, List<Queue> queues) {
        var beside = queues.stream().filter(queue -> !queue.equals(owner)).map(Queue::name);
        var deployed = fleet.namespaces().stream()
                .filter(namespace -> namespace.pool().equals(owner.pool()))
                .map(NamespaceBounds::name)
                .filter(name -> !owner.config().namespaces().contains(name))
                .map(name -> "namespace " + name);
        return Stream.concat(beside, deployed).collect(Collectors.joining(", "));
    }

    private boolean areInDoubt(List<Queue> queues) {
        return queues.stream()
                .map(queue -> problems.at("queues", queue.name()))
                .anyMatch(at ->
                        at.isInDoubt("trust") || at.isInDoubt("can") || at.isInDoubt("docker") || at.isInDoubt("pool"));
    }
}
