package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import io.buildkitefleet.fleet.Pool;
import java.util.Map;

/**
 * What a {@link NodePool} is made of.
 *
 * @param nodeEmail the service account of the nodes
 */
public record NodePoolArgs(Cluster cluster, Pool pool, Output<String> nodeEmail, Map<String, String> labels) {}
