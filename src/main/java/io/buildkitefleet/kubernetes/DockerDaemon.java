package io.buildkitefleet.kubernetes;

import io.buildkitefleet.fleet.JobPod;
import java.util.List;
import java.util.Map;

/**
 * The Docker daemon beside a job. It is a native sidecar: it is up before the job begins, goes when the job ends, and
 * shares with it a socket, not a port, and the working directory, so that bind mounts mean the same on both sides.
 */
final class DockerDaemon {
    /** Where jobs find the daemon. */
    static final String HOST = "unix:///run/docker-daemon/docker.sock";

    private static final String IMAGE = "docker:28.5.1-dind";
    private static final String SOCKET_VOLUME = "docker-socket";
    private static final String SOCKET_PATH = "/run/docker-daemon";
    private static final String STORAGE_VOLUME = "docker-storage";

    /** The chart's own volume of the working directory, and where the chart mounts it. */
    private static final String WORKSPACE_VOLUME = "workspace";

    private static final String WORKSPACE_PATH = "/workspace";

    /** Seconds until a daemon that does not answer fails its job. */
    private static final int START_SECONDS = 60;

    private DockerDaemon() {}

    static Map<String, Object> socketMount() {
        return mount(SOCKET_VOLUME, SOCKET_PATH);
    }

    static List<Map<String, Object>> volumes(JobPod job) {
        return List.of(
                Map.of("name", SOCKET_VOLUME, "emptyDir", Map.of()),
                AgentStack.emptyDir(STORAGE_VOLUME, job.dockerStorage().toString()));
    }

    static Map<String, Object> container(JobPod job) {
        var share = job.docker().orElseThrow();
        return Map.of(
                "name",
                "docker",
                "image",
                IMAGE,
                "restartPolicy",
                "Always",
                // Naming the daemon keeps the image's entry point from opening a port beside the socket.
                "args",
                List.of("dockerd", "--host=" + HOST),
                "securityContext",
                Map.of("privileged", true),
                "startupProbe",
                Map.of(
                        "exec",
                        Map.of("command", List.of("docker", "--host=" + HOST, "info")),
                        "periodSeconds",
                        1,
                        "failureThreshold",
                        START_SECONDS),
                "resources",
                Map.of(
                        "requests",
                        AgentStack.requests(share, job.dockerStorage()),
                        "limits",
                        Map.of("memory", share.memory().toString())),
                "volumeMounts",
                List.of(
                        socketMount(),
                        mount(STORAGE_VOLUME, "/var/lib/docker"),
                        mount(WORKSPACE_VOLUME, WORKSPACE_PATH)));
    }

    private static Map<String, Object> mount(String volume, String path) {
        return Map.of("name", volume, "mountPath", path);
    }
}
