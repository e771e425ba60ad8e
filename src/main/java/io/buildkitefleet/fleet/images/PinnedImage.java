package io.buildkitefleet.fleet.images;

import io.buildkitefleet.pins.Pins;

/** An image that the fleet itself chooses; which version of it stands in {@code pins.json}. */
public enum PinnedImage {
    /** Buildkite's controller; without a mirror the chart names it. */
    CONTROLLER("controller"),
    /** Buildkite's agent; without a mirror the chart names it. */
    AGENT("agent"),
    /** The Docker daemon beside a job. */
    DOCKER("docker"),
    /** BuildKit without root beside a job. */
    BUILDKIT("buildkit"),
    BAZEL_REMOTE("bazel-remote"),
    ATHENS("athens"),
    /** What traces a running job for a person. */
    NETSHOOT("netshoot");

    private final String id;

    PinnedImage(String id) {
        this.id = id;
    }

    /** Its name in {@code pins.json}. */
    public String id() {
        return id;
    }

    /** Whether the chart names it, by the digest that it was released with. */
    public boolean isNamedByChart() {
        return this == CONTROLLER || this == AGENT;
    }

    /** As who publishes it names it, with a digest where one was seen. */
    public String published() {
        return Pins.image(id);
    }
}
