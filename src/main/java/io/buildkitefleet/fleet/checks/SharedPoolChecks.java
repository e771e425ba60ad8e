package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.NamespaceBounds;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.text.Listing;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps queues off the nodes of a Docker daemon that is not theirs. Each trusted queue has something there that is
 * worth stealing, its Google identity at least. That untrusted queues have nodes of their own is said elsewhere. Where
 * that is accepted there must be something to accept: as with a waiver, what waives nothing hides what comes.
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
        fleet.pools().forEach(this::pool);
    }

    private void pool(Pool pool) {
        var queues =
                fleet.trustedQueues().stream().filter(queue -> queue.isOn(pool)).toList();
        var at = problems.at("pools", pool.name());
        if (at.isInDoubt("shared") || areInDoubt(queues)) {
            return;
        }
        var owner = queues.stream().filter(Queue::ownsItsNodes).findFirst();
        var others = owner.map(found -> others(found, queues)).orElse("");
        if (pool.config().shared()) {
            if (others.isEmpty() && !isAnyQueueInDoubt()) {
                at.add(
                        "shared",
                        "has no effect: " + nothingToAccept(owner) + "; remove it, lest it accepts what comes");
            }
        } else if (!others.isEmpty()) {
            var name = owner.orElseThrow().name();
            at.add("is shared by queue " + name + ", which has a Docker daemon, and " + others
                    + ": whoever talks to the daemon owns the node, with the pods, secrets and identities of the "
                    + "others on it; give " + name + " a pool of its own, or accept that with shared: true");
        }
    }

    private static String nothingToAccept(Optional<Queue> owner) {
        return owner.map(queue -> "queue " + queue.name() + ", which has a Docker daemon, has the pool to itself")
                .orElse("no queue of the pool has a Docker daemon");
    }

    /** One that cannot be read may be one of the pool. */
    private boolean isAnyQueueInDoubt() {
        return problems.at("queues").isInDoubt() || problems.at("namespaces").isInDoubt();
    }

    /** Whose pods are on the owner's nodes beside its own. What it deploys itself it may read and change anyway. */
    private String others(Queue owner, List<Queue> queues) {
        var beside = queues.stream().filter(queue -> !queue.equals(owner)).map(Queue::name);
        var deployed = fleet.namespaces().stream()
                .filter(namespace -> owner.isOn(namespace.pool()))
                .map(NamespaceBounds::name)
                .filter(name -> !owner.config().namespaces().contains(name))
                .map(name -> "namespace " + name);
        return Stream.concat(beside, deployed).collect(Listing.joining());
    }

    private boolean areInDoubt(List<Queue> queues) {
        return queues.stream()
                .map(queue -> problems.at("queues", queue.name()))
                .anyMatch(at ->
                        at.isInDoubt("trust") || at.isInDoubt("can") || at.isInDoubt("docker") || at.isInDoubt("pool"));
    }
}
