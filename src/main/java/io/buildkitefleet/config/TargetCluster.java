package io.buildkitefleet.config;

import io.buildkitefleet.config.value.Cidr;
import java.util.Optional;

/**
 * A GKE cluster elsewhere that the jobs of a queue deploy to.
 *
 * @param project the project of the cluster
 * @param location its region or zone
 * @param controlPlane the range of its control plane, where that has only a private address
 */
public record TargetCluster(String project, String location, String name, Optional<Cidr> controlPlane) {
    /** {@code project/location/name}, as jobs are told of it. */
    public String path() {
        return project + "/" + location + "/" + name;
    }
}
