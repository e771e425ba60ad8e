package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Section;
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
public record NetworkConfig(Cidr nodes, Cidr pods, Cidr services, Cidr controlPlane, int natAddresses) {
    static NetworkConfig read(Section in) {
        return new NetworkConfig(
                range(
                        in,
                        "nodes",
                        "Addresses of nodes; may grow, and moves with those of pods and services, with a new cluster",
                        "10.0.0.0/20"),
                range(in, "pods", "Addresses of pods, 256 for each node", "10.4.0.0/14"),
                range(in, "services", "Cluster IP addresses", "10.8.0.0/20"),
                range(in, "controlPlane", "Addresses of the control plane, a /28", "172.16.0.0/28"),
                in.field("natAddresses", "Static addresses from which the fleet reaches the internet")
                        .integer(1, 16)
                        .orElse(1));
    }

    private static Cidr range(Section in, String key, String doc, String fallback) {
        var value = Cidr.parse(fallback).orElseThrow();
        return in.field(key, doc)
                .parsed("a range whose host bits are zero, such as " + fallback, value, Cidr.NOTATION)
                .orElse(value);
    }
}
