package io.buildkitefleet.config.value;

/** How Google provides the nodes of a pool, and so what they cost and how long they live. */
public enum Capacity {
    /** Taken back at any time with 30 s of notice, and after 24 hours at the latest. */
    PREEMPTIBLE,
    /** Taken back at any time with 30 s of notice; the price of preemptible, without the 24 hours. */
    SPOT,
    ON_DEMAND;

    /** Whether Google may take a node back while a job runs on it. */
    public boolean isReclaimable() {
        return this != ON_DEMAND;
    }
}
