package io.buildkitefleet.config.value;

/** Where checkouts find most of a repository without fetching it. */
public enum GitMirror {
    /** On the node: the first job of a queue on it fetches the repository, later ones what is new. */
    NODE,
    /** On a disk that all nodes of a queue read: it is made anew every few hours, and no job can change it. */
    DISK,
    /** Nowhere: each job fetches everything. */
    NONE
}
