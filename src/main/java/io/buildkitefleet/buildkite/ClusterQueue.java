package io.buildkitefleet.buildkite;

import java.util.Optional;

/**
 * A queue of a cluster, as it is now.
 *
 * @param id its UUID
 * @param graphqlId by which the GraphQL API knows it
 * @param key what a step names
 * @param webUrl its page
 * @param pause none if its jobs are handed out
 */
public record ClusterQueue(
        BuildkiteCluster cluster, String id, String graphqlId, String key, String webUrl, Optional<Pause> pause) {
    /**
     * Why no job of it is handed out.
     *
     * @param by who paused it, by name; empty if Buildkite does not say
     * @param note empty if there is none
     */
    public record Pause(String by, String note) {}
}
