package io.buildkitefleet.kubernetes.agent;

import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.fleet.JobPod;
import java.util.List;
import java.util.Map;

/**
 * BuildKit beside a job, under an ordinary user. It makes the user namespace of its builds itself, which the profiles
 * of seccomp and AppArmor would forbid; no container is privileged.
 *
 * @see <a href="https://github.com/moby/buildkit/blob/v0.25.1/docs/rootless.md">BuildKit's own description</a>
 */
record RootlessBuildKit(String image, JobPod job) implements ImageBuilder {
    /** The image's own user. */
    private static final int USER = 1000;

    private static final String SOCKET_VOLUME = "buildkit-socket";
    private static final String SOCKET_PATH = "/run/buildkit-daemon";
    private static final String STORAGE_VOLUME = "buildkit-storage";
    private static final String HOST = "unix://" + SOCKET_PATH + "/buildkitd.sock";

    private static final Map<String, Object> UNCONFINED = Map.of("type", "Unconfined");

    @Override
    public Map<String, String> environment() {
        return Map.of("BUILDKIT_HOST", HOST);
    }

    @Override
    public List<Map<String, Object>> mounts() {
        return List.of(ImageBuilder.mount(SOCKET_VOLUME, SOCKET_PATH));
    }

    @Override
    public List<Map<String, Object>> volumes() {
        return List.of(
                Map.of("name", SOCKET_VOLUME, "emptyDir", Map.of()),
                AgentStack.emptyDir(STORAGE_VOLUME, job.dockerStorage().toString()));
    }

    @Override
    public Map<String, Object> container() {
        return Map.of(
                "name",
                DockerMode.ROOTLESS.container(),
                "image",
                image,
                "restartPolicy",
                "Always",
                // A namespace of processes of its own would need more than Kubernetes lets a container have.
                "args",
                List.of("--addr=" + HOST, "--oci-worker-no-process-sandbox"),
                "securityContext",
                Map.of(
                        "runAsUser",
                        USER,
                        "runAsGroup",
                        USER,
                        "seccompProfile",
                        UNCONFINED,
                        "appArmorProfile",
                        UNCONFINED),
                "startupProbe",
                ImageBuilder.startupProbe("buildctl", "--addr=" + HOST, "debug", "workers"),
                "resources",
                AgentStack.sidecarResources(job),
                "volumeMounts",
                List.of(
                        ImageBuilder.mount(SOCKET_VOLUME, SOCKET_PATH),
                        // The image's own volume is mounted without set-uid, which Container-Optimized OS needs here.
                        ImageBuilder.mount(STORAGE_VOLUME, "/home/user/.local/share/buildkit")));
    }
}
