package io.buildkitefleet.fleet;

import java.util.List;

/**
 * The mac agent outside the cluster.
 *
 * @param queue its queue
 * @param account the id of its Google service account
 * @param owners IAM members who may act as that account
 */
public record Mac(String queue, String account, List<String> owners) {
    /** Where its artifacts go in the bucket, with the slash at the end. */
    public String artifactPrefix() {
        return queue + "/";
    }
}
