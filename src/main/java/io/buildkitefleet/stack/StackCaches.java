package io.buildkitefleet.stack;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.fleet.Api;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Caches;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.gcp.CacheStore;
import io.buildkitefleet.gcp.Cluster;
import io.buildkitefleet.gcp.CommonArgs;
import io.buildkitefleet.gcp.GoogleApi;
import io.buildkitefleet.gcp.Identity;
import io.buildkitefleet.gcp.Keys;
import io.buildkitefleet.gcp.ProjectServices;
import io.buildkitefleet.kubernetes.caches.BuildCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The caches of a stack that has some: a bucket with a prefix for each queue that may, and each server with a bucket of
 * its own.
 */
final class StackCaches {
    private final Fleet fleet;
    private final GoogleApi google;
    private final Caches caches;
    private final ProjectServices services;
    private final Cluster cluster;
    private final Keys keys;
    private final CacheStore store;

    StackCaches(
            Fleet fleet,
            GoogleApi google,
            Caches caches,
            ProjectServices services,
            Cluster cluster,
            Keys keys,
            StackIdentities identities) {
        this.fleet = fleet;
        this.google = google;
        this.caches = caches;
        this.services = services;
        this.cluster = cluster;
        this.keys = keys;
        var users = fleet.trustedQueues().stream()
                .filter(Queue::usesCaches)
                .map(queue -> new CacheStore.User(
                        queue.name(),
                        identities.member(queue),
                        CacheStore.Access.REPLACE,
                        Optional.of(caches.prefix(queue))))
                .toList();
        this.store = store("caches", caches.bucket(), users);
    }

    /** Where a queue's own entries are. */
    Output<String> place(Queue queue) {
        return Output.format("gs://%s/%s", store.bucketName(), caches.prefix(queue));
    }

    /** Starts the servers. */
    void serve(ComponentResourceOptions inCluster) {
        if (caches.servers().isEmpty()) {
            return;
        }
        var servers = new ArrayList<BuildCaches.Server>();
        for (var server : caches.servers()) {
            var identity = identity(server);
            // A module's bytes never change; the result of a Bazel action may.
            var access = server.kind() == CacheServer.Kind.GO ? CacheStore.Access.ADD : CacheStore.Access.REPLACE;
            var own = new CacheStore.User("server", identity.member(), access, Optional.empty());
            var bucket = store("cache-" + server.kind().id(), server.bucket(), List.of(own));
            servers.add(new BuildCaches.Server(server, identity.email(), bucket.bucketName()));
        }
        new BuildCaches("cache-servers", new BuildCaches.Args(servers, keys.disks()), inCluster);
    }

    private Identity identity(CacheServer server) {
        return new Identity(
                "identity-cache-" + server.kind().id(),
                new Identity.Args(
                        services.projectWith(Api.IAM),
                        server.account(),
                        "Buildkite fleet: cache " + server.kind().id(),
                        List.of(new Identity.User.Workload(
                                cluster.workloadPool(),
                                CacheServer.NAMESPACE,
                                server.kind().id()))),
                options());
    }

    private CacheStore store(String name, String bucket, List<CacheStore.User> users) {
        return new CacheStore(
                name,
                new CacheStore.Args(
                        services.projectWith(Api.STORAGE),
                        bucket,
                        keys.buckets(fleet.config().region()),
                        caches.keepDays(),
                        users,
                        CommonArgs.of(fleet.config())),
                options());
    }

    private ComponentResourceOptions options() {
        return google.inGoogleCloud();
    }
}
