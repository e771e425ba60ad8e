package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.ClusterQueue;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a job runs, as Buildkite and its agent tell the job.
 *
 * @param cluster the UUID of its cluster
 * @param queue the key of its queue
 * @see <a href="https://buildkite.com/docs/pipelines/configure/environment-variables">environment variables</a>
 */
public record OwnJob(String cluster, String queue) {
    private static final String QUEUE = "BUILDKITE_AGENT_META_DATA_QUEUE";

    /**
     * That of this process.
     *
     * @param variable the value of a variable, none if it is not set or empty
     */
    public static Optional<OwnJob> of(Function<String, Optional<String>> variable) {
        return variable.apply("BUILDKITE_CLUSTER_ID")
                .flatMap(cluster -> variable.apply(QUEUE).map(queue -> new OwnJob(cluster, queue)));
    }

    /** The key of the queue of this process's job, also of one outside of clusters. */
    public static Optional<String> queueOf(Function<String, Optional<String>> variable) {
        return variable.apply(QUEUE);
    }

    boolean isOn(ClusterQueue other) {
        return cluster.equals(other.cluster().id()) && queue.equals(other.key());
    }
}
