package io.buildkitefleet.config.value;

/** The kind of a node's boot disk. */
public enum DiskType {
    PD_STANDARD,
    PD_BALANCED,
    PD_SSD,
    HYPERDISK_BALANCED;

    /** The smallest balanced disk: https://cloud.google.com/compute/docs/disks/persistent-disks#disk-types */
    public static final int SMALLEST_GB = 10;

    /** The largest disk, from the same page. */
    public static final int LARGEST_GB = 65_536;

    /** Google's name for it, such as {@code pd-balanced}. */
    public String apiName() {
        return Spelling.of(this);
    }
}
