package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.NamespaceBounds;
import io.buildkitefleet.fleet.Pool;
import java.util.stream.Collectors;

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
                    + String.join(", ", config.pools().keySet()));
        }
        if (fleet.untrustedPools().stream().map(Pool::name).anyMatch(pool::equals)) {
            at.add("must not be a pool of untrusted queues, whose jobs anybody wrote, got \"" + pool
                    + "\"; there are: "
                    + fleet.pools().stream()
                            .filter(other -> !fleet.untrustedPools().contains(other))
                            .map(Pool::name)
                            .collect(Collectors.joining(", ")));
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
        var most = bounds.nodes()
                * bounds.pool()
                        .config()
                        .accelerator()
                        .map(PoolConfig.Accelerator::count)
                        .orElse(0);
        if (bounds.config().gpus() > most) {
            at.add(
                    "gpus",
                    "must be at most " + most + ", what " + bounds.nodes() + " of pool "
                            + bounds.pool().name() + "'s nodes have, got "
                            + bounds.config().gpus());
        }
    }
}
