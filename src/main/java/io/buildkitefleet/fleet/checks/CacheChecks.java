package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.CacheServerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.SigningConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.text.Listing;
import java.util.Optional;

/** Who may share a cache, and the names that the caches take. */
final class CacheChecks implements Check {
    private final FleetConfig config;
    private final ResourceNames names;
    private final Problems problems;

    CacheChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.names = fleet.names();
        this.problems = problems;
    }

    @Override
    public void run() {
        config.caches().ifPresent(caches -> {
            namespace();
            caches.bazel().ifPresent(bazel -> server(CacheServer.Kind.BAZEL, bazel));
            caches.go().ifPresent(go -> server(CacheServer.Kind.GO, go));
        });
    }

    private void namespace() {
        config.queues().keySet().stream()
                .filter(queue -> ResourceNames.namespace(queue).equals(CacheServer.NAMESPACE))
                .forEach(queue -> problems.at("queues", queue)
                        .add("must have another name: the namespace " + CacheServer.NAMESPACE
                                + " is that of the caches"));
    }

    private void server(CacheServer.Kind kind, CacheServerConfig server) {
        var at = problems.at("caches", kind.id());
        account(names.cacheAccount(kind), kind, at);
        at.at("queues").each(server.queues(), this::shares);
    }

    private void shares(Place at, String name) {
        var queue = Optional.ofNullable(config.queues().get(name));
        if (queue.isEmpty() && !config.queues().isEmpty()) {
            at.add("is not a queue, got \"" + name + "\"; there are: "
                    + Listing.of(config.queues().keySet()));
        }
        if (queue.isPresent() && config.signing().isPresent() && name.equals(SigningConfig.UPLOAD_QUEUE)) {
            at.add("must not name the queue that signs steps, which takes nothing that others wrote, got \"" + name
                    + "\"; take it out");
        }
        queue.filter(found -> found.trust() == Trust.UNTRUSTED)
                .ifPresent(untrusted ->
                        at.add("must not name an untrusted queue, whose jobs could poison the others, got " + name));
    }

    /** A name that is short enough for this is short enough for the bucket. */
    private void account(String id, CacheServer.Kind kind, Place at) {
        if (id.length() > Limit.SERVICE_ACCOUNT_ID.most()
                && !problems.at("name").isInDoubt()) {
            at.add("its Google service account would be \"" + id + "\", and Google wants at most "
                    + Limit.SERVICE_ACCOUNT_ID.most() + " characters; set a shorter name (" + config.name() + ")");
        }
        var taken = "must have another name: the identity of the cache " + kind.id() + " is named so";
        config.queues().entrySet().stream()
                .filter(queue -> queue.getValue().trust() == Trust.TRUSTED)
                .filter(queue -> names.account(queue.getKey()).equals(id))
                .forEach(queue -> problems.at("queues", queue.getKey()).add(taken));
        config.mac().filter(mac -> names.account(mac.queue()).equals(id)).ifPresent(mac -> problems.at("mac", "queue")
                .add(taken));
    }
}
