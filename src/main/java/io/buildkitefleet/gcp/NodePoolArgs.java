package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import io.buildkitefleet.fleet.Pool;
import java.util.Map;

/**
 * What a {@link NodePool} is made of.
 *
 * @param nodeEmail the service account of the nodes
 * @param diskKey the id of the KMS key that encrypts their disks
 */
public record NodePoolArgs(
        Cluster cluster, Pool pool, Output<String> nodeEmail, Output<String> diskKey, Map<String, String> labels) {}
