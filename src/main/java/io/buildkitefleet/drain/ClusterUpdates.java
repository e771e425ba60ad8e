package io.buildkitefleet.drain;

import java.util.Collection;
import java.util.List;

/**
 * Which updates of the cluster itself may stop jobs. Google has no list of all inputs, so each is taken for one that
 * does unless it is about something else: versions, networks and defaults of nodes among them.
 */
final class ClusterUpdates {
    private static final List<String> JOBS_GO_ON = List.of(
            // Of Pulumi's provider alone.
            "deletionProtection",
            // When GKE does what it does anyway, and whom it tells.
            "maintenancePolicy",
            "notificationConfig",
            // Bills.
            "resourceLabels",
            "costManagementConfig",
            // Who from outside reaches the Kubernetes API, and as whom:
            // https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters
            "masterAuthorizedNetworksConfig",
            "controlPlaneEndpointsConfig",
            "authenticatorGroupsConfig",
            "anonymousAuthenticationConfig",
            "rbacBindingConfig");

    private ClusterUpdates() {}

    /** @param changed paths of inputs, such as {@code nodePoolDefaults.nodeConfigDefaults} */
    static List<String> thatMayStopJobs(Collection<String> changed) {
        return InputPaths.outside(changed, JOBS_GO_ON);
    }
}
