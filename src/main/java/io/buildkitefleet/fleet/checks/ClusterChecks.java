package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
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
        networks(at.at("authorizedNetworks"), cluster.authorizedNetworks().size());
    }

    private static void networks(Place at, int number) {
        if (at.isInDoubt()) {
            return;
        }
        if (number > Limit.AUTHORIZED_NETWORKS.most()) {
            at.add("must be at most " + Limit.AUTHORIZED_NETWORKS.most() + ", as many as GKE takes, got " + number
                    + "; join ranges, or set privateEndpoint: true");
        } else if (number > Limit.AUTHORIZED_NETWORKS_OF_REFERENCE.most()) {
            at.warn("are " + number + ", and what Google says differs: its guide has "
                    + Limit.AUTHORIZED_NETWORKS.most() + " for clusters like this one, the reference of its API "
                    + Limit.AUTHORIZED_NETWORKS_OF_REFERENCE.most() + "; join ranges if GKE refuses them; "
                    + Limit.AUTHORIZED_NETWORKS.source());
        }
    }

    private void reachable() {
        var inDoubt = at.isRefused()
                || at.isInDoubt("authorizedNetworks")
                || at.isInDoubt("dnsEndpoint")
                || at.isInDoubt("privateEndpoint");
        if (cluster.authorizedNetworks().isEmpty()
                && !cluster.dnsEndpoint()
                && !cluster.privateEndpoint()
                && !inDoubt) {
            at.add(
                    "authorizedNetworks",
                    "is empty: nobody could reach the Kubernetes API, nor could pulumi up; list the ranges that may, "
                            + "as [{cidr: 203.0.113.0/24, name: office}], or set dnsEndpoint: true");
        }
    }
}
