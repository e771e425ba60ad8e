package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.config.CacheServerConfig;
import io.buildkitefleet.config.CachesConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Caches;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the {@link Caches} of their configuration. */
final class CacheResolver {
    private final FleetConfig config;
    private final List<String> users;

    CacheResolver(FleetConfig config, List<Queue> queues) {
        this.config = config;
        this.users = queues.stream().filter(Queue::usesCaches).map(Queue::name).toList();
    }

    Optional<Caches> resolve() {
        return config.caches()
                .map(caches -> new Caches(new ResourceNames(config).cacheBucket(), caches.keepDays(), servers(caches)));
    }

    private List<CacheServer> servers(CachesConfig caches) {
        var servers = new ArrayList<CacheServer>();
        caches.bazel().ifPresent(bazel -> servers.add(server(CacheServer.Kind.BAZEL, bazel)));
        caches.go().ifPresent(go -> servers.add(server(CacheServer.Kind.GO, go)));
        return servers;
    }

    private CacheServer server(CacheServer.Kind kind, CacheServerConfig server) {
        var names = new ResourceNames(config);
        return new CacheServer(
                kind,
                server.sizeGb(),
                server.queues().isEmpty() ? users : server.queues(),
                names.cacheAccount(kind),
                names.cacheBucket(kind),
                names.images().pinned(kind.image()));
    }
}
