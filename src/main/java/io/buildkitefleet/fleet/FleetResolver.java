package io.buildkitefleet.fleet;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.Problems;
import io.buildkitefleet.config.QueueConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a {@link Fleet} of a configuration, in the order pools, queues, and what follows from both. */
final class FleetResolver {
    static final String ROOT = FleetConfigReader.NAMESPACE + "fleet";

    private final FleetConfig config;
    private final Problems problems;

    FleetResolver(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    Fleet resolve() {
        var pools = pools();
        var queues = new QueueResolver(config, pools, problems).resolve();
        var caches = new CacheResolver(config, queues).resolve();
        var mirrors = MirrorDisks.of(config.checkout().mirrorDisk(), queues);
        var systemPool = SystemPool.of(queues.size(), caches, mirrors, PoolResolver.zones(List.of(), config.zones()));
        var mac = config.mac()
                .map(agent -> new Mac(agent.queue(), AccountNames.of(config, agent.queue()), agent.owners()));
        var fleet = new Fleet(
                config,
                pools.values().stream().toList(),
                queues,
                systemPool,
                caches,
                mirrors,
                mac,
                new QuotaPlan(
                                pools.values(),
                                systemPool,
                                caches,
                                mirrors,
                                config.network().natAddresses())
                        .quotas());
        new FleetChecks(fleet, problems).run();
        return fleet;
    }

    private Map<String, Pool> pools() {
        var used = config.queues().values().stream().map(QueueConfig::pool).collect(Collectors.toSet());
        // A queue whose pool is mistyped, or whose name is, may be the one that means an unused pool.
        var certain = !used.isEmpty() && config.pools().keySet().containsAll(used);
        var resolver = new PoolResolver(config.zones(), problems);
        var pools = new LinkedHashMap<String, Pool>();
        config.pools().forEach((name, pool) -> {
            var path = ROOT + ".pools." + name;
            if (certain && !used.contains(name) && !problems.isAt(path)) {
                problems.add(path, "no queue uses this pool; give a queue pool: " + name + ", or remove it");
            }
            resolver.resolve(name, path, pool).ifPresent(resolved -> pools.put(name, resolved));
        });
        pools.values().forEach(pool -> clashes(pool, pools.values()));
        return pools;
    }

    /** Two pools whose nodes would have the same name: the later one is the one to rename. */
    private void clashes(Pool pool, Collection<Pool> pools) {
        var own = pool.groups().stream().map(NodeGroup::name).toList();
        pools.stream()
                .takeWhile(earlier -> earlier != pool)
                .filter(earlier ->
                        earlier.groups().stream().map(NodeGroup::name).anyMatch(own::contains))
                .forEach(earlier -> problems.add(
                        ROOT + ".pools." + pool.name(),
                        "must have another name: its nodes and those that pool " + earlier.name()
                                + " falls back to would be called the same"));
    }
}
