package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.ClusterConfig;
import io.buildkitefleet.config.ClusterConfig.AuthorizedNetwork;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.fleet.Fleet;
import java.util.List;

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
        var networks = at.at("authorizedNetworks");
        number(networks, cluster.authorizedNetworks().size());
        networks.eachAfter(cluster.authorizedNetworks(), ClusterChecks::twice);
        if (cluster.privateEndpoint() && !at.isInDoubt("privateEndpoint")) {
            networks.each(cluster.authorizedNetworks(), ClusterChecks::fromInside);
        }
    }

    private static void twice(Place at, AuthorizedNetwork network, List<AuthorizedNetwork> earlier) {
        earlier.stream()
                .filter(other -> other.cidr().equals(network.cidr()))
                .findFirst()
                .ifPresent(other -> at.add("cidr", "is that of " + other.name() + " already; leave one of them out"));
    }

    /**
     * GKE's own words, of its first years: https://github.com/GoogleCloudPlatform/gke-network-policy-demo/issues/37 and
     * https://github.com/terraform-google-modules/terraform-google-kubernetes-engine/issues/153
     */
    private static void fromInside(Place at, AuthorizedNetwork network) {
        if (Cidr.PRIVATE_RANGES.stream().noneMatch(range -> range.contains(network.cidr()))) {
            at.at("cidr")
                    .warn("is a range of the internet, from which nobody reaches an API without a public address, and "
                            + "GKE has refused such (\"is not a reserved network, which is required for private "
                            + "endpoints\"); leave it out, and set dnsEndpoint: true for whoever comes from there");
        }
    }

    private static void number(Place at, int number) {
        if (at.isInDoubt()) {
            return;
        }
        if (number > Limit.AUTHORIZED_NETWORKS.most()) {
            at.add("must be at most " + Limit.AUTHORIZED_NETWORKS.most() + ", as many as GKE takes, got " + number
                    + "; join ranges, or set dnsEndpoint: true in place of them");
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
