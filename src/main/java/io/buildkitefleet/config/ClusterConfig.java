package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.ReleaseChannel;
import java.util.List;
import java.util.Optional;

/**
 * The GKE cluster.
 *
 * @param authorizedNetworks who may reach the Kubernetes API
 * @param dnsEndpoint whether the Kubernetes API is reached by a name, at which IAM decides who comes in
 * @param privateEndpoint whether the Kubernetes API has no public address at all
 * @param version the least version of Kubernetes that the control plane has, as {@code 1.36} or with all its parts
 * @param securityGroup the Google group for RBAC, {@code gke-security-groups@DOMAIN}
 */
public record ClusterConfig(
        List<AuthorizedNetwork> authorizedNetworks,
        boolean dnsEndpoint,
        boolean privateEndpoint,
        ReleaseChannel releaseChannel,
        Optional<String> version,
        MaintenanceConfig maintenance,
        Optional<String> securityGroup) {
    static ClusterConfig read(Section in) {
        var networks = in.list("authorizedNetworks", AuthorizedNetwork::read);
        var dnsEndpoint = in.field(
                        "dnsEndpoint",
                        "Reach the Kubernetes API by its DNS name, from anywhere; IAM decides who comes in")
                .flag()
                .orElse(false);
        return new ClusterConfig(
                networks,
                dnsEndpoint,
                in.field("privateEndpoint", "Give the Kubernetes API no public address at all")
                        .flag()
                        .optional("true with `dnsEndpoint` and without `authorizedNetworks`, else false")
                        .orElse(dnsEndpoint && networks.isEmpty()),
                in.field("releaseChannel", "How early the cluster gets new GKE versions")
                        .choice(ReleaseChannel.class)
                        .orElse(ReleaseChannel.REGULAR),
                in.field(
                                "version",
                                "Least version of Kubernetes; GKE upgrades beyond it, and `pulumi up` upgrades the control plane to it")
                        .text(Notations.KUBERNETES_VERSION, Forms.KUBERNETES_VERSION_WORDS)
                        .optional("that of new clusters of the channel"),
                in.section("maintenance", MaintenanceConfig::read),
                in.field("securityGroup", "Google group whose members RBAC may name")
                        .text(Forms.SECURITY_GROUP, "gke-security-groups@DOMAIN")
                        .optional("none"));
    }

    /** A range from which the Kubernetes API may be reached. */
    public record AuthorizedNetwork(Cidr cidr, String name) {
        /** Nobody's office is larger: a /8 is what IANA once gave to whole companies. */
        private static final int WIDEST_PREFIX = 8;

        private static AuthorizedNetwork read(Section in) {
            var cidr = in.field("cidr", "A range from which people may reach the Kubernetes API")
                    .parsed("a range such as 203.0.113.0/24", new Cidr(0, 32), Cidr.NOTATION)
                    .required();
            if (cidr.prefix() < WIDEST_PREFIX) {
                in.place()
                        .add(
                                "cidr",
                                "must not be the whole internet, nor wider than a /" + WIDEST_PREFIX + ", got " + cidr
                                        + "; name the ranges of your offices, or set dnsEndpoint: true");
            }
            return new AuthorizedNetwork(
                    cidr,
                    in.field("name", "Whose range it is")
                            .text(Forms.LABEL, Forms.LABEL_WORDS)
                            .required());
        }
    }
}
