package io.buildkitefleet.config.value;

/** How early the cluster gets new GKE versions. */
public enum ReleaseChannel {
    RAPID,
    REGULAR,
    STABLE
}
