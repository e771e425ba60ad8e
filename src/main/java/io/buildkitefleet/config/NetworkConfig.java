package io.buildkitefleet.config;

import io.buildkitefleet.config.value.Cidr;

/**
 * The address plan of the fleet's own network.
 *
 * @param nodes addresses of nodes
 * @param pods addresses of pods: 256 for each node
 * @param services cluster IP addresses
 * @param controlPlane addresses of GKE's control plane, a /28
 * @param natAddresses how many static addresses the fleet reaches the internet from
 */
public record NetworkConfig(Cidr nodes, Cidr pods, Cidr services, Cidr controlPlane, int natAddresses) {}
