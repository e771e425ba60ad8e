package io.buildkitefleet.kubernetes.agent;

import io.buildkitefleet.fleet.Queue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What builds images beside a job. It is a native sidecar: it is up before the job begins, goes when the job ends, and
 * shares a socket with it, not a port.
 */
sealed interface ImageBuilder permits DockerDaemon, RootlessBuildKit {
    /** Seconds until a builder that does not answer fails its job. */
    int START_SECONDS = 60;

    /** The builder of a queue that can build images. */
    static Optional<ImageBuilder> of(Queue queue) {
        return queue.docker().map(config -> {
            var image = queue.images().pinned(queue.imageBuilder().orElseThrow());
            return switch (config.mode()) {
                case DAEMON ->
                    new DockerDaemon(
                            image, queue.job(), queue.cleanupSeconds(), config.usernsRemap(), WarmCaches.mounts(queue));
                case ROOTLESS -> new RootlessBuildKit(image, queue.job());
            };
        });
    }

    /** The variables by which the tools in a job find it. */
    Map<String, String> environment();

    /** What command containers mount of it. */
    List<Map<String, Object>> mounts();

    List<Map<String, Object>> volumes();

    Map<String, Object> container();

    /** A probe that lets the job begin once a command in the builder's container succeeds. */
    static Map<String, Object> startupProbe(String... command) {
        return Map.of(
                "exec", Map.of("command", List.of(command)), "periodSeconds", 1, "failureThreshold", START_SECONDS);
    }

    static Map<String, Object> mount(String volume, String path) {
        return Map.of("name", volume, "mountPath", path);
    }
}
