package io.buildkitefleet.config.value;

/** What builds images beside a job. */
public enum DockerMode {
    /** A Docker daemon in a privileged container: builds, runs and composes containers. */
    DAEMON,
    /** BuildKit under an ordinary user: builds and pushes images, and runs none. */
    ROOTLESS
}
