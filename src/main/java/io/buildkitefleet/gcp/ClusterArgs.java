package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import io.buildkitefleet.fleet.Fleet;

/**
 * What a {@link Cluster} is made of.
 *
 * @param nodeEmail the service account of the nodes
 */
public record ClusterArgs(Output<String> project, Fleet fleet, Network network, Keys keys, Output<String> nodeEmail) {}
