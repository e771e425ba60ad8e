package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Fallback;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.fleet.SystemPool;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What GKE would not take of a pool, and pools that are of no use. */
final class PoolChecks implements Check {
    private final Fleet fleet;
    private final FleetConfig config;
    private final Problems problems;

    PoolChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        unused();
        config.pools().forEach((name, pool) -> {
            var at = problems.at("pools", name);
            name(at, name, pool);
            if (pool.min() > pool.max() && !at.isInDoubt("max")) {
                at.add("min", "must not exceed max (" + pool.max() + "), got " + pool.min());
            }
            if (pool.fallback() == Fallback.ON_DEMAND && !pool.capacity().isReclaimable()) {
                at.add("fallback", "must be none: the pool is on-demand itself");
            }
        });
        fleet.pools().forEach(pool -> {
            clashes(pool);
            nodes(problems.at("pools", pool.name()), pool);
        });
        cluster(problems.at("pools"));
    }

    private void nodes(Place at, Pool pool) {
        var zones = pool.primary().zones();
        var most = zones * Limit.NODES_OF_POOL_IN_ZONE.most();
        if (pool.config().max() > most
                && !at.isInDoubt("max")
                && !at.isInDoubt("zones")
                && !problems.at("zones").isInDoubt()) {
            at.add(
                    "max",
                    "must be at most " + most + ", " + Limit.NODES_OF_POOL_IN_ZONE.most()
                            + " in each of its zones (" + zones + "), got "
                            + pool.config().max() + "; spread the nodes over more pools, or more zones");
        }
    }

    private void cluster(Place at) {
        var nodes = fleet.mostNodes();
        if (nodes > Limit.NODES_OF_CLUSTER_UNASKED.most() && !at.isInDoubt()) {
            at.warn("may have " + nodes + " nodes, the sum of all pools with their fallbacks, and GKE takes "
                    + Limit.NODES_OF_CLUSTER_UNASKED.most()
                    + " in a cluster for which nobody asked Google's support for more: "
                    + Limit.NODES_OF_CLUSTER_UNASKED.source());
        }
    }

    /**
     * A queue whose pool is mistyped, or whose name is, may be the one that means an unused pool; so may a namespace,
     * or a queue of which is not known into which it deploys.
     */
    private void unused() {
        var used = config.queues().values().stream().map(QueueConfig::pool).collect(Collectors.toSet());
        used.addAll(config.deployPools().values());
        if (used.isEmpty() || !config.pools().keySet().containsAll(used) || areDeployPoolsInDoubt()) {
            return;
        }
        for (var name : config.pools().keySet()) {
            var at = problems.at("pools", name);
            if (!used.contains(name) && !at.isRefused()) {
                at.add("no queue uses this pool; give a queue pool: " + name + ", or remove it");
            }
        }
    }

    private boolean areDeployPoolsInDoubt() {
        var areNamed =
                config.deployPools().keySet().containsAll(config.namespaces().keySet());
        return !areNamed
                || problems.at("namespaces").isInDoubt()
                || config.queues().keySet().stream()
                        .map(queue -> problems.at("queues", queue))
                        .anyMatch(queue -> queue.isInDoubt("namespaces"));
    }

    private static void name(Place at, String name, PoolConfig config) {
        nodes(name, config)
                .filter(nodes -> !NodeGroup.fits(nodes))
                .max(Comparator.comparingInt(String::length))
                .ifPresent(nodes -> {
                    var tooMany = nodes.length() + NodeGroup.ADDED_CHARACTERS - Limit.NODE_POOL_NAME.most();
                    at.add("its name must have at most " + (name.length() - tooMany) + " characters, got "
                            + name.length() + ": GKE takes node pool names of " + Limit.NODE_POOL_NAME.most()
                            + ", and its nodes would be \"" + nodes + "\" and " + NodeGroup.ADDED_CHARACTERS
                            + " characters of Pulumi's");
                });
        if (name.equals(SystemPool.NAME)) {
            at.add("its name must not be " + SystemPool.NAME + ": the fleet's own pool is named so");
        }
    }

    private static Stream<String> nodes(String pool, PoolConfig config) {
        return Stream.concat(
                Stream.of(ResourceNames.nodes(pool)),
                Stream.of(ResourceNames.fallbackNodes(pool)).filter(name -> config.fallsBack()));
    }

    /** Two pools whose nodes would have the same name: the later one is the one to rename. */
    private void clashes(Pool pool) {
        var own = pool.groups().stream().map(NodeGroup::name).toList();
        fleet.pools().stream()
                .takeWhile(earlier -> earlier != pool)
                .filter(earlier ->
                        earlier.groups().stream().map(NodeGroup::name).anyMatch(own::contains))
                .forEach(earlier -> problems.at("pools", pool.name())
                        .add("must have another name: its nodes and those that pool " + earlier.name()
                                + " falls back to would be called the same"));
    }
}
