package io.buildkitefleet.fleet;

import io.buildkitefleet.fleet.identity.JobTokens;
import java.util.List;

/**
 * The mac agent outside the cluster.
 *
 * @param account the id of its Google service account
 * @param tokens whose tokens make that account of a job
 * @param owners IAM members who set it up
 */
public record Mac(String account, JobTokens tokens, List<String> owners) {
    public Mac {
        owners = List.copyOf(owners);
    }

    /** Its queue. */
    public String queue() {
        return tokens.queue();
    }

    /** Where its artifacts go in the bucket, with the slash at the end. */
    public String artifactPrefix() {
        return queue() + "/";
    }
}
