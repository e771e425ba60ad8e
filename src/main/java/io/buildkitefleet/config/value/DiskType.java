package io.buildkitefleet.config.value;

/** The kind of a node's boot disk. */
public enum DiskType {
    PD_STANDARD,
    PD_BALANCED,
    PD_SSD,
    HYPERDISK_BALANCED;

    /** Google's name for it, such as {@code pd-balanced}. */
    public String apiName() {
        return Spelling.of(this);
    }
}
