package io.buildkitefleet.config.value;

/** What a pool of reclaimable nodes does when Google has none to give. */
public enum Fallback {
    /** A second pool of the same machines, which jobs use when the first can't grow. */
    ON_DEMAND,
    /** Jobs wait. */
    NONE
}
