package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.MacConfig;
import io.buildkitefleet.config.SecretValues;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Mac;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.fleet.checks.FleetChecks;
import io.buildkitefleet.fleet.identity.JobTokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a {@link Fleet} of a configuration, in the order pools, queues, and what follows from both. */
public final class FleetResolver {
    private final FleetConfig config;
    private final Problems problems;

    private FleetResolver(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    /**
     * Reads and resolves a stack's configuration.
     *
     * @throws ConfigException naming everything that is wrong with it
     */
    public static Fleet resolve(ConfigSource source) {
        var problems = new Problems(source);
        var fleet = resolve(source, problems);
        problems.throwIfAny();
        return fleet.orElseThrow();
    }

    /** Everything that is wrong with a stack's configuration. */
    public static Problems problems(ConfigSource source) {
        var problems = new Problems(source);
        resolve(source, problems);
        return problems;
    }

    /** Nothing if there is no fleet to look at. */
    private static Optional<Fleet> resolve(ConfigSource source, Problems problems) {
        var config = FleetConfigReader.read(source, problems);
        SecretValues.check(config, source, problems);
        return problems.at().isRefused()
                ? Optional.empty()
                : Optional.of(new FleetResolver(config, problems).resolve());
    }

    /** The same fleet with other machines in one pool; none if that is refused or its jobs would not fit. */
    public static Optional<Fleet> withMachine(Fleet fleet, String pool, MachineType machine) {
        var pools = new LinkedHashMap<>(fleet.config().pools());
        pools.computeIfPresent(pool, (name, before) -> before.withMachineType(machine.name()));
        // Nobody is told of these.
        var problems = new Problems("");
        var other = new FleetResolver(fleet.config().withPools(pools), problems).resolve();
        return problems.found().isEmpty() ? Optional.of(other) : Optional.empty();
    }

    private Fleet resolve() {
        var fleet = config.local().isPresent() ? local() : inGoogleCloud();
        FleetChecks.run(fleet, problems);
        return fleet.withWarnings(problems.warnings());
    }

    /** What jobs need and a cluster has: nothing of it is in Google Cloud. */
    private Fleet local() {
        return new Fleet(
                config,
                List.of(),
                new LocalQueues(config, problems).resolve(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private Fleet inGoogleCloud() {
        var pools = pools();
        var resolver = new QueueResolver(config, pools, problems);
        var queues = resolver.resolve();
        var caches = new CacheResolver(config, queues).resolve();
        var mirrors = MirrorDisks.of(config.checkout().mirrorDisk(), queues, new ResourceNames(config).images());
        var systemPool =
                SystemPoolResolver.of(queues.size(), caches, mirrors, PoolResolver.zones(List.of(), config.zones()));
        var mac = config.mac().map(this::mac);
        var quotas = new QuotaPlan(
                pools.values(), systemPool, caches, mirrors, config.network().natAddresses());
        return new Fleet(
                config,
                pools.values().stream().toList(),
                queues,
                resolver.namespaces(),
                Optional.of(systemPool),
                caches,
                mirrors,
                mac,
                config.deployer()
                        .map(deployer -> new DeployerResolver(config, deployer).resolve())
                        .orElse(List.of()),
                quotas.quotas(),
                quotas.unknown(),
                List.of());
    }

    private Mac mac(MacConfig mac) {
        var tokens = new JobTokens(
                config.organizationId().orElse(""),
                mac.queue(),
                mac.pipelines(),
                mac.branches().orElse(List.of()));
        return new Mac(new ResourceNames(config).account(mac.queue()), tokens, mac.owners());
    }

    private Map<String, Pool> pools() {
        var resolver = new PoolResolver(config.zones(), problems);
        var pools = new LinkedHashMap<String, Pool>();
        config.pools()
                .forEach((name, pool) -> resolver.resolve(name, pool).ifPresent(resolved -> pools.put(name, resolved)));
        return pools;
    }
}
