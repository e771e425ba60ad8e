package io.buildkitefleet.kubernetes.agent;

import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.fleet.DockerNetwork;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.JobPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Docker daemon beside a job. It shares with it the working directory, so that bind mounts mean the same on both
 * sides.
 *
 * @param cleanupSeconds how long a hook may take to empty it
 * @param shared further mounts that it shares with the job
 * @param usernsRemap whether root in the daemon's containers is another user outside them
 */
record DockerDaemon(String image, JobPod job, int cleanupSeconds, boolean usernsRemap, List<Map<String, Object>> shared)
        implements ImageBuilder {
    private static final String SOCKET_VOLUME = "docker-socket";
    private static final String SOCKET_PATH = "/run/docker-daemon";
    private static final String STORAGE_VOLUME = "docker-storage";
    private static final String HOST = "unix://" + SOCKET_PATH + "/docker.sock";

    /** The chart's own volume of the working directory, and where the chart mounts it. */
    private static final String WORKSPACE_VOLUME = "workspace";

    private static final String WORKSPACE_PATH = "/workspace";

    @Override
    public Map<String, String> environment() {
        return Map.of("DOCKER_HOST", HOST, "FLEET_CLEANUP_SECONDS", String.valueOf(cleanupSeconds));
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
                DockerMode.DAEMON.container(),
                "image",
                image,
                "restartPolicy",
                "Always",
                "args",
                arguments(),
                "securityContext",
                Map.of("privileged", true),
                "startupProbe",
                ImageBuilder.startupProbe("docker", "--host=" + HOST, "info"),
                "resources",
                AgentStack.sidecarResources(job),
                "volumeMounts",
                ownMounts());
    }

    private List<Map<String, Object>> ownMounts() {
        var mounts = new ArrayList<Map<String, Object>>();
        mounts.add(ImageBuilder.mount(SOCKET_VOLUME, SOCKET_PATH));
        mounts.add(ImageBuilder.mount(STORAGE_VOLUME, "/var/lib/docker"));
        mounts.add(ImageBuilder.mount(WORKSPACE_VOLUME, WORKSPACE_PATH));
        mounts.addAll(shared);
        return mounts;
    }

    private List<String> arguments() {
        var arguments = new ArrayList<String>();
        // Naming the daemon keeps the image's entry point from opening a port beside the socket.
        arguments.addAll(List.of("dockerd", "--host=" + HOST));
        arguments.add("--bip=" + DockerNetwork.BRIDGE);
        arguments.add(
                "--default-address-pool=base=" + DockerNetwork.NETWORKS + ",size=" + DockerNetwork.NETWORK_PREFIX);
        // Docker takes 1500 for granted, and larger packets than the network's are lost where nobody says so. --mtu is
        // for the default bridge alone.
        arguments.add("--mtu=" + Fleet.NETWORK_MTU);
        arguments.add("--default-network-opt=bridge=com.docker.network.driver.mtu=" + Fleet.NETWORK_MTU);
        if (usernsRemap) {
            // The image has the user and the range of ids that this needs.
            arguments.add("--userns-remap=default");
        }
        return arguments;
    }
}
