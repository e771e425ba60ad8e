package io.buildkitefleet.config;

import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.ReleaseChannel;
import java.util.List;
import java.util.Optional;

/**
 * The GKE cluster.
 *
 * @param authorizedNetworks who may reach the Kubernetes API
 * @param privateEndpoint whether the Kubernetes API has no public address at all
 * @param securityGroup the Google group for RBAC, {@code gke-security-groups@DOMAIN}
 */
public record ClusterConfig(
        List<AuthorizedNetwork> authorizedNetworks,
        boolean privateEndpoint,
        ReleaseChannel releaseChannel,
        MaintenanceConfig maintenance,
        Optional<String> securityGroup) {
    /** A range from which the Kubernetes API may be reached. */
    public record AuthorizedNetwork(Cidr cidr, String name) {}
}
