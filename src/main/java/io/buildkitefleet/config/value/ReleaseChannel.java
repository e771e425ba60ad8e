package io.buildkitefleet.config.value;

/** How early the cluster gets new GKE versions. */
public enum ReleaseChannel {
    RAPID,
    REGULAR,
    STABLE,
    /** Keeps a minor version for up to two years, for which Google charges more. */
    EXTENDED
}
