package io.buildkitefleet.config;

/** Where checkouts find most of a repository without fetching it. */
public enum GitMirror {
    /** On the node: the first job of a queue on it fetches the repository, later ones what is new. */
    NODE,
    /** Nowhere: each job fetches everything. */
    NONE
}
