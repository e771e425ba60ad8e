package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.NamespaceBounds;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.text.Count;
import io.buildkitefleet.text.Listing;
import java.util.stream.IntStream;

/** Where the pods of namespaces that jobs deploy into may run, and what they may have there. */
final class NamespaceChecks implements Check {
    private final Fleet fleet;
    private final FleetConfig config;
    private final Problems problems;

    NamespaceChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        var deployed = config.deployPools();
        var areQueuesInDoubt = problems.at("queues").isRefused()
                || config.queues().keySet().stream()
                        .map(queue -> problems.at("queues", queue))
                        .anyMatch(queue -> queue.isRefused() || queue.isInDoubt("namespaces"));
        config.namespaces().forEach((name, namespace) -> {
            var at = problems.at("namespaces", name);
            if (!deployed.containsKey(name) && !areQueuesInDoubt) {
                at.add("no queue deploys into it; give a queue namespaces: [" + name + "], or remove it");
            }
            namespace.pool().ifPresent(pool -> pool(at.at("pool"), pool));
        });
        fleet.namespaces().forEach(bounds -> gpus(problems.at("namespaces", bounds.name()), bounds));
    }

    private void pool(Place at, String pool) {
        if (!config.pools().containsKey(pool) && !problems.at("pools").isRefused()) {
            at.add("is not a pool, got \"" + pool + "\"; there are: "
                    + Listing.of(config.pools().keySet()));
        }
        if (fleet.untrustedPools().stream().map(Pool::name).anyMatch(pool::equals)) {
            at.add("must not be a pool of untrusted queues, whose jobs anybody wrote, got \"" + pool
                    + "\"; there are: "
                    + fleet.pools().stream()
                            .filter(other -> !fleet.untrustedPools().contains(other))
                            .map(Pool::name)
                            .collect(Listing.joining()));
        }
    }

    private void gpus(Place at, NamespaceBounds bounds) {
        var pool = problems.at("pools", bounds.pool().name());
        if (at.isInDoubt("gpus")
                || at.isInDoubt("pool")
                || at.isInDoubt("nodes")
                || pool.isInDoubt("accelerator")
                || pool.isInDoubt("max")) {
            return;
        }
        var name = bounds.pool().name();
        var wanted = bounds.config().gpus();
        var ofNode = bounds.pool()
                .config()
                .accelerator()
                .map(PoolConfig.Accelerator::count)
                .orElse(0);
        var most = bounds.nodes() * ofNode;
        if (ofNode == 0 && wanted > 0) {
            at.add(
                    "gpus",
                    "must be 0, since the nodes of pool " + name + " have no GPU, got " + wanted
                            + "; leave it out, or name a pool with an accelerator in namespaces." + bounds.name()
                            + ".pool");
        } else if (wanted > most) {
            at.add(
                    "gpus",
                    "must be at most " + most + ", what the namespace's " + new Count(bounds.nodes(), "node")
                            + " of pool " + name + " can have, got " + wanted + "; "
                            + more(bounds, (wanted + ofNode - 1) / ofNode));
        }
    }

    /** How the namespace comes to this many nodes, of which its pool has to have enough. */
    private String more(NamespaceBounds bounds, int nodes) {
        var most = bounds.pool().primary().max();
        var needed = nodes + others(bounds);
        return "lower it, or raise "
                + (needed > most ? "pools." + bounds.pool().name() + ".max to " + needed + " and " : "") + "namespaces."
                + bounds.name() + ".nodes to " + nodes;
    }

    /** The fewest nodes that queues and other namespaces leave to no one. */
    private int others(NamespaceBounds bounds) {
        var queues = fleet.queues().stream()
                .filter(queue -> queue.isOn(bounds.pool()))
                .mapToInt(queue -> queue.config()
                        .maxInFlight()
                        .map(jobs -> (jobs + queue.jobsPerNode() - 1) / queue.jobsPerNode())
                        .orElse(1));
        var namespaces = fleet.namespaces().stream()
                .filter(other -> !other.name().equals(bounds.name()))
                .filter(other -> other.pool().name().equals(bounds.pool().name()))
                .mapToInt(other -> other.config().nodes().orElse(1));
        return IntStream.concat(queues, namespaces).sum();
    }
}
