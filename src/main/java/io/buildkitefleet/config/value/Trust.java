package io.buildkitefleet.config.value;

/** Whose code a queue runs. */
public enum Trust {
    /** Code that a member of the organization wrote or has approved. */
    TRUSTED,
    /** Anybody's code, such as a pull request from a fork: no secrets, no identity, no capability. */
    UNTRUSTED
}
