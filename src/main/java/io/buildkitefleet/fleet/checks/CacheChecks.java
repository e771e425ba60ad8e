package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.CacheServerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.ResourceNames;
import java.util.Optional;

/** Who may share a cache, and the names that the caches take. */
final class CacheChecks {
    private static final String PATH = FleetConfigReader.ROOT + ".caches";
    private static final String QUEUES = FleetConfigReader.ROOT + ".queues";

    private final FleetConfig config;
    private final Problems problems;

    CacheChecks(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        config.caches().ifPresent(caches -> {
            namespace();
            caches.bazel().ifPresent(bazel -> server(CacheServer.Kind.BAZEL, bazel));
            caches.go().ifPresent(go -> server(CacheServer.Kind.GO, go));
        });
    }

    private void namespace() {
        config.queues().keySet().stream()
                .filter(queue -> ResourceNames.namespace(queue).equals(CacheServer.NAMESPACE))
                .forEach(queue -> problems.add(
                        QUEUES + "." + queue,
                        "must have another name: the namespace " + CacheServer.NAMESPACE + " is that of the caches"));
    }

    private void server(CacheServer.Kind kind, CacheServerConfig server) {
        var path = PATH + "." + kind.id();
        account(new ResourceNames(config).cacheAccount(kind), path);
        server.queues().forEach(queue -> shares(queue, path + ".queues"));
    }

    private void shares(String name, String path) {
        var queue = Optional.ofNullable(config.queues().get(name));
        if (queue.isEmpty() && !config.queues().isEmpty()) {
            problems.add(
                    path,
                    "is not a queue, got \"" + name + "\"; there are: "
                            + String.join(", ", config.queues().keySet()));
        }
        queue.filter(found -> found.trust() == Trust.UNTRUSTED)
                .ifPresent(untrusted -> problems.add(
                        path, "must not name an untrusted queue, whose jobs could poison the others, got " + name));
    }

    /** A name that is short enough for this is short enough for the bucket. */
    private void account(String id, String path) {
        if (id.length() > NameChecks.LONGEST_ACCOUNT && !problems.anyBelow(FleetConfigReader.ROOT + ".name")) {
            problems.add(
                    path,
                    "its Google service account would be \"" + id + "\", and Google wants at most "
                            + NameChecks.LONGEST_ACCOUNT + " characters; set a shorter name (" + config.name() + ")");
        }
        config.queues().entrySet().stream()
                .filter(queue -> queue.getValue().trust() == Trust.TRUSTED)
                .filter(queue ->
                        new ResourceNames(config).account(queue.getKey()).equals(id))
                .forEach(queue -> problems.add(
                        QUEUES + "." + queue.getKey(),
                        "must have another name: the identity of the cache " + path.substring(PATH.length() + 1)
                                + " is named so"));
        config.mac()
                .filter(mac -> new ResourceNames(config).account(mac.queue()).equals(id))
                .ifPresent(mac -> problems.add(
                        FleetConfigReader.ROOT + ".mac.queue",
                        "must have another name: the identity of the cache " + path.substring(PATH.length() + 1)
                                + " is named so"));
    }
}
