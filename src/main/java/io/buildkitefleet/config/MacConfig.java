package io.buildkitefleet.config;

import java.util.List;

/**
 * The mac agent outside the cluster.
 *
 * @param queue the queue that it serves
 * @param owners who may act as the agent's identity to set it up, as IAM members such as {@code user:jane@example.com}
 */
public record MacConfig(String queue, List<String> owners) {}
