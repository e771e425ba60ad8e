package io.buildkitefleet.cloud;

import io.buildkitefleet.config.value.Spelling;

/** What a machine's processor runs. */
public enum Architecture {
    AMD64,
    ARM64;

    /** As images and nodes are labelled with it: {@code arm64}. */
    public String label() {
        return Spelling.of(this);
    }
}
