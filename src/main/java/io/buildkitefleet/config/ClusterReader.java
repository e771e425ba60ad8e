package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.ReleaseChannel;

/** Reads the cluster's own settings. */
final class ClusterReader {
    /** Nobody's office is larger: a /8 is what IANA once gave to whole companies. */
    private static final int WIDEST_PREFIX = 8;

    private final Problems problems;

    ClusterReader(Problems problems) {
        this.problems = problems;
    }

    ClusterConfig read(Section in) {
        try (in) {
            return new ClusterConfig(
                    in.list("authorizedNetworks").stream()
                            .map(this::authorizedNetwork)
                            .toList(),
                    in.field("privateEndpoint", "Give the Kubernetes API no public address at all")
                            .flag()
                            .orElse(false),
                    in.field("releaseChannel", "How early the cluster gets new GKE versions")
                            .choice(ReleaseChannel.class)
                            .orElse(ReleaseChannel.REGULAR),
                    new MaintenanceReader(problems).read(in.section("maintenance")),
                    in.field("securityGroup", "Google group whose members RBAC may name")
                            .text(Forms.SECURITY_GROUP, "gke-security-groups@DOMAIN")
                            .optional("none"));
        }
    }

    private ClusterConfig.AuthorizedNetwork authorizedNetwork(Section in) {
        try (in) {
            var cidr = in.field("cidr", "A range from which people may reach the Kubernetes API")
                    .parsed("a range such as 203.0.113.0/24", new Cidr(0, 32), Cidr::parse)
                    .required();
            if (cidr.prefix() < WIDEST_PREFIX) {
                problems.add(
                        in.path() + ".cidr",
                        "must not be the whole internet, nor wider than a /" + WIDEST_PREFIX + ", got " + cidr
                                + "; name the ranges of your offices, or set privateEndpoint: true");
            }
            return new ClusterConfig.AuthorizedNetwork(
                    cidr,
                    in.field("name", "Whose range it is")
                            .text(Forms.LABEL, Forms.LABEL_WORDS)
                            .required());
        }
    }
}
