package io.buildkitefleet.cloud;

/** What somebody may do to a stack. */
public enum DeployerRole {
    /** To preview it, and to ask what there is in the cloud. */
    PREVIEW,
    /** To make, change and delete as well. */
    UP;

    /** Whether it takes a permission. */
    public boolean takes(Permission permission) {
        return this == UP || permission.reads();
    }
}
