package io.buildkitefleet.kubernetes.agent;

import com.pulumi.core.Output;
import io.buildkitefleet.config.TargetCluster;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The variables that every job of a queue finds. */
public final class JobEnvironment {
    private JobEnvironment() {}

    /**
     * @param artifactBucket the bucket of artifacts, for queues with an identity; without one, Buildkite keeps them
     * @param imageRegistry what names of the fleet's own images begin with, for queues that can push
     * @param cache where the queue's own cache entries are kept, as {@code gs://bucket/queue/}
     * @param caches the cache servers that its jobs may use
     */
    public static Map<String, Output<String>> of(
            Queue queue,
            Optional<Output<String>> artifactBucket,
            Optional<Output<String>> imageRegistry,
            Optional<Output<String>> cache,
            List<CacheServer> caches) {
        var variables = new TreeMap<String, Output<String>>();
        variables.put("FLEET_QUEUE", Output.of(queue.name()));
        artifactBucket
                .filter(unused -> queue.isTrusted())
                .ifPresent(bucket ->
                        variables.put("FLEET_ARTIFACTS", Output.format("gs://%s/%s", bucket, queue.artifactPrefix())));
        ImageBuilder.of(queue).ifPresent(builder -> builder.environment()
                .forEach((name, value) -> variables.put(name, Output.of(value))));
        imageRegistry.filter(unused -> queue.pushesImages()).ifPresent(registry -> {
            RegistryLogin.environment().forEach((name, value) -> variables.put(name, Output.of(value)));
            variables.put("FLEET_IMAGES", registry);
            variables.put("FLEET_DOCKER_CACHE", Output.format("%s/%s", registry, Queue.BUILD_CACHE));
        });
        if (!queue.config().namespaces().isEmpty()) {
            variables.put(
                    "FLEET_DEPLOY_NAMESPACES",
                    Output.of(String.join(" ", queue.config().namespaces())));
        }
        if (!queue.config().clusters().isEmpty()) {
            var paths =
                    queue.config().clusters().stream().map(TargetCluster::path).collect(Collectors.joining(" "));
            variables.put("FLEET_CLUSTERS", Output.of(paths));
        }
        cache.ifPresent(place -> variables.put("FLEET_CACHE", place));
        caches.forEach(server -> cache(server, variables));
        return variables;
    }

    private static void cache(CacheServer server, Map<String, Output<String>> variables) {
        switch (server.kind()) {
            case BAZEL -> variables.put("FLEET_BAZEL_CACHE", Output.of("grpc://" + server.address()));
            // After a bar, unlike after a comma, go goes on after any error: a proxy that is away breaks no job.
            case GO ->
                variables.put("GOPROXY", Output.of("http://" + server.address() + "|https://proxy.golang.org|direct"));
        }
    }
}
