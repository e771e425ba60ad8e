package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.ClusterConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;

/** Whether GKE would take the cluster's settings, and anybody reach it. */
final class ClusterChecks implements Check {
    private final ClusterConfig cluster;
    private final Place at;

    ClusterChecks(Fleet fleet, Problems problems) {
        this.cluster = fleet.config().cluster();
        this.at = problems.at("cluster");
    }

    @Override
    public void run() {
        reachable();
    }

    private void reachable() {
        var inDoubt = at.isRefused() || at.isInDoubt("authorizedNetworks") || at.isInDoubt("privateEndpoint");
        if (cluster.authorizedNetworks().isEmpty() && !cluster.privateEndpoint() && !inDoubt) {
            at.add(
                    "authorizedNetworks",
                    "is empty: nobody could reach the Kubernetes API, nor could pulumi up; list the ranges that may, "
                            + "as [{cidr: 203.0.113.0/24, name: office}]");
        }
    }
}
