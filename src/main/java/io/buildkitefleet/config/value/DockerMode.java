package io.buildkitefleet.config.value;

/** What builds images beside a job. */
public enum DockerMode {
    /** A Docker daemon in a privileged container: builds, runs and composes containers. */
    DAEMON("docker"),
    /** BuildKit under an ordinary user: builds and pushes images, and runs none. */
    ROOTLESS("buildkit");

    private final String container;

    DockerMode(String container) {
        this.container = container;
    }

    /** The name of its container in the pod of a job. */
    public String container() {
        return container;
    }
}
