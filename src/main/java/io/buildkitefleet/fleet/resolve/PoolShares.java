package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.text.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shares the nodes of a pool out to its queues, and to the namespaces whose pods run there. Without that, two queues of
 * one pool could each fill it, and the jobs of the slower one would wait as pods until Buildkite gives them up.
 */
final class PoolShares {
    private final FleetConfig config;
    private final Map<String, JobSize> sizes;
    private final Problems problems;
    private final Map<String, Integer> queues = new HashMap<>();
    private final Map<String, Integer> namespaces = new HashMap<>();

    PoolShares(FleetConfig config, Map<String, Pool> pools, Map<String, JobSize> sizes, Problems problems) {
        this.config = config;
        this.sizes = sizes;
        this.problems = problems;
        pools.values().forEach(this::share);
    }

    /** The nodes of a queue; none if its pool has too few. */
    Optional<Integer> ofQueue(String name) {
        return Optional.ofNullable(queues.get(name));
    }

    /** The nodes of a namespace that jobs deploy into; none if its pool has too few, or is not known. */
    Optional<Integer> ofNamespace(String name) {
        return Optional.ofNullable(namespaces.get(name));
    }

    /**
     * Who takes part of a pool.
     *
     * @param wanted the nodes that it asks for; 0 if it takes what is left
     * @param isQueue whether it is a queue, and not a namespace
     */
    private record Part(String name, Place at, int wanted, boolean isQueue) {
        private boolean isInDoubt() {
            return Stream.of("jobsPerNode", "maxInFlight", "nodes", "pool").anyMatch(at::isInDoubt);
        }

        private int least() {
            return Math.max(wanted, 1);
        }

        /** What a person would lower. */
        private String key() {
            return isQueue ? "queues." + name + ".maxInFlight" : "namespaces." + name + ".nodes";
        }

        private String need() {
            return (isQueue ? name : "namespace " + name) + (wanted > 0 ? " wants " + wanted : " needs at least 1");
        }
    }

    private void share(Pool pool) {
        var parts = parts(pool);
        parts.forEach(part -> give(part, part.wanted()));
        var left = pool.primary().max() - parts.stream().mapToInt(Part::wanted).sum();
        var open = parts.stream().filter(part -> part.wanted() == 0).toList();
        if (left < open.size()) {
            tooFew(pool, parts);
            return;
        }
        for (int i = 0; i < open.size(); i++) {
            give(open.get(i), left / open.size() + (i < left % open.size() ? 1 : 0));
        }
    }

    private void give(Part part, int nodes) {
        (part.isQueue() ? queues : namespaces).put(part.name(), nodes);
    }

    private List<Part> parts(Pool pool) {
        var parts = new ArrayList<Part>();
        sizes.keySet().stream()
                .filter(queue -> config.queues().get(queue).pool().equals(pool.name()))
                .forEach(queue -> parts.add(new Part(queue, problems.at("queues", queue), wanted(queue), true)));
        config.deployPools().forEach((name, own) -> {
            if (own.equals(pool.name())) {
                var nodes = config.namespace(name).nodes().orElse(0);
                parts.add(new Part(name, problems.at("namespaces", name), nodes, false));
            }
        });
        return parts;
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

    private void tooFew(Pool pool, List<Part> parts) {
        var max = problems.at("pools", pool.name(), "max");
        if (max.isInDoubt() || parts.stream().anyMatch(Part::isInDoubt)) {
            return;
        }
        if (parts.size() == 1) {
            tooFew(pool, parts.get(0));
            return;
        }
        var withNamespaces = parts.stream().anyMatch(part -> !part.isQueue());
        max.add("must be at least " + parts.stream().mapToInt(Part::least).sum() + " nodes for the queues"
                + (withNamespaces ? " and namespaces" : "")
                + " of this pool ("
                + String.join(", ", parts.stream().map(Part::need).toList())
                + "), got " + pool.primary().max() + "; raise it, "
                + lower(parts) + "or give "
                + (withNamespaces
                        ? "a namespace a pool of its own, as in namespaces: {previews: {pool: apps}}"
                        : "a queue another pool"));
    }

    /** The keys that may be lowered, if there are some. */
    private static String lower(List<Part> parts) {
        var keys =
                parts.stream().filter(part -> part.wanted() > 1).map(Part::key).toList();
        return keys.isEmpty() ? "" : "lower " + String.join(" or ", keys) + ", ";
    }

    private void tooFew(Pool pool, Part part) {
        var nodes = pool.primary().max();
        if (part.isQueue()) {
            var most = nodes * sizes.get(part.name()).jobsPerNode();
            part.at()
                    .add(
                            "maxInFlight",
                            "must be at most " + most + ", what the " + new Count(nodes, "node") + " of pool "
                                    + pool.name() + " can hold, got "
                                    + config.queues()
                                            .get(part.name())
                                            .maxInFlight()
                                            .orElseThrow()
                                    + "; lower it, or raise the pool's max");
        } else {
            part.at()
                    .add(
                            "nodes",
                            "must be at most " + nodes + ", as many nodes as pool " + pool.name() + " has, got "
                                    + part.wanted() + "; lower it, or raise the pool's max");
        }
    }
}
