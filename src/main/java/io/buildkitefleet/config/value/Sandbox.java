package io.buildkitefleet.config.value;

/** What stands between a job and the kernel of its node. */
public enum Sandbox {
    /** GKE Sandbox: a kernel in user space for each pod. */
    GVISOR,
    NONE
}
