package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares the nodes of a pool out to its queues. Without that, two queues of one pool could each fill it, and the jobs
 * of the slower one would wait as pods until Buildkite gives them up.
 */
final class PoolShares {
    private final FleetConfig config;
    private final Map<String, Pool> pools;
    private final Map<String, JobSize> sizes;
    private final Problems problems;

    PoolShares(FleetConfig config, Map<String, Pool> pools, Map<String, JobSize> sizes, Problems problems) {
        this.config = config;
        this.pools = pools;
        this.sizes = sizes;
        this.problems = problems;
    }

    /** Nodes by queue. */
    Map<String, Integer> nodes() {
        var nodes = new HashMap<String, Integer>();
        pools.values().forEach(pool -> {
            var queues = sizes.keySet().stream()
                    .filter(queue -> config.queues().get(queue).pool().equals(pool.name()))
                    .toList();
            share(pool, queues, nodes);
        });
        return nodes;
    }

    private void share(Pool pool, List<String> queues, Map<String, Integer> nodes) {
        var left = pool.primary().max();
        for (var queue : queues) {
            var wanted = wanted(queue);
            nodes.put(queue, wanted);
            left -= wanted;
        }
        var open = queues.stream().filter(queue -> nodes.get(queue) == 0).toList();
        if (left < open.size()) {
            tooFew(pool, queues);
            return;
        }
        for (int i = 0; i < open.size(); i++) {
            nodes.put(open.get(i), left / open.size() + (i < left % open.size() ? 1 : 0));
        }
    }

    /** Nodes for the jobs that the queue asks for; 0 if it takes what is left. */
    private int wanted(String queue) {
        var jobsPerNode = sizes.get(queue).jobsPerNode();
        return config.queues()
                .get(queue)
                .maxInFlight()
                .map(jobs -> (jobs + jobsPerNode - 1) / jobsPerNode)
                .orElse(0);
    }

    private void tooFew(Pool pool, List<String> queues) {
        var max = problems.at("pools", pool.name(), "max");
        if (max.isInDoubt() || queues.stream().anyMatch(this::isInDoubt)) {
            return;
        }
        if (queues.size() == 1) {
            var most = pool.primary().max() * sizes.get(queues.get(0)).jobsPerNode();
            problems.at("queues", queues.get(0), "maxInFlight")
                    .add("must be at most " + most + ", what the "
                            + pool.primary().max() + " nodes of pool " + pool.name()
                            + " hold, got "
                            + config.queues().get(queues.get(0)).maxInFlight().orElseThrow()
                            + "; lower it, or raise the pool's max");
            return;
        }
        max.add(pool.primary().max() + " nodes are too few for the queues of this pool: "
                + String.join(", ", queues.stream().map(this::need).toList())
                + "; raise max, lower a maxInFlight, or give a queue another pool");
    }

    private boolean isInDoubt(String queue) {
        var at = problems.at("queues", queue);
        return at.isInDoubt("jobsPerNode") || at.isInDoubt("maxInFlight");
    }

    private String need(String queue) {
        var nodes = wanted(queue);
        return queue + (nodes > 0 ? " wants " + nodes : " needs at least 1");
    }
}
