package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.KubernetesReleases;
import io.buildkitefleet.config.ClusterConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.MirrorDisks;
import java.util.stream.Collectors;

/** Whether the cluster's channel has its version, and that version what the fleet needs. */
final class VersionChecks implements Check {
    /**
     * The first minor version that has what each cluster of the fleet is given: policies of admission, which are stable
     * from it on (https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/), and
     * https://cloud.google.com/kubernetes-engine/docs/best-practices/rbac
     */
    private static final int LEAST_MINOR = 30;

    private final FleetConfig config;
    private final ClusterConfig cluster;
    private final Problems problems;
    private final Place at;

    VersionChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.cluster = config.cluster();
        this.problems = problems;
        this.at = problems.at("cluster", "version");
    }

    @Override
    public void run() {
        if (at.isInDoubt() || problems.at("cluster", "releaseChannel").isInDoubt()) {
            return;
        }
        cluster.version().ifPresent(this::isInChannel);
        if (config.checkout().gitMirror() == GitMirror.DISK
                && !problems.at("checkout").isInDoubt("gitMirror")) {
            mirrorDisks();
        }
    }

    private void isInChannel(String version) {
        var minors = KubernetesReleases.of(cluster.releaseChannel());
        var minor = KubernetesReleases.minorOf(version);
        if (minor < LEAST_MINOR) {
            at.add("must be \"1." + LEAST_MINOR
                    + "\" or later, whose policies of admission hold the borders of queues, got \""
                    + version + "\"; the channel " + channel() + " had 1." + minors.oldest() + " to 1."
                    + minors.newest()
                    + "; " + KubernetesReleases.asOf());
        } else if (!minors.have(minor)) {
            at.warn("is \"" + version + "\", and the channel " + channel() + " had 1." + minors.oldest() + " to 1."
                    + minors.newest() + "; GKE refuses what it does not have; " + KubernetesReleases.asOf());
        }
    }

    private void mirrorDisks() {
        var needed = MirrorDisks.LEAST_KUBERNETES_MINOR;
        var wants = "checkout.gitMirror: disk needs Kubernetes 1." + needed;
        var named = cluster.version().map(KubernetesReleases::minorOf);
        if (named.filter(minor -> minor < LEAST_MINOR).isPresent()) {
            return;
        }
        if (named.filter(minor -> minor < needed).isPresent()) {
            at.add("must be \"1." + needed + "\" or later, since " + wants + ", got \""
                    + cluster.version().orElseThrow() + "\"; raise it, or set checkout.gitMirror: node");
            return;
        }
        var minors = KubernetesReleases.of(cluster.releaseChannel());
        if (named.isEmpty() && minors.ofNewClusters() < needed) {
            at.warn("is left out, and " + wants + ": a new cluster of the channel " + channel() + " got 1."
                    + minors.ofNewClusters() + "; set version: \"1." + needed + "\""
                    + (minors.have(needed) ? "" : " and another releaseChannel, " + channelsWith(needed)) + "; "
                    + KubernetesReleases.asOf());
        }
    }

    private static String channelsWith(int minor) {
        return KubernetesReleases.with(minor).stream().map(Spelling::of).collect(Collectors.joining(" or "));
    }

    private String channel() {
        return Spelling.of(cluster.releaseChannel());
    }
}
