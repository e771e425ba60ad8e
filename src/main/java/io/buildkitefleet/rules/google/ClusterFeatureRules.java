package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.google.ClusterRules.cluster;
import static io.buildkitefleet.rules.plan.Subject.refuse;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a cluster does beside running pods, and who makes it that. */
public final class ClusterFeatureRules {
    /**
     * Add-ons that serve the pods of the cluster and give nobody a right: names of nodes' resolvers, drivers of
     * volumes, scaling, load balancers that a Service or an Ingress asks for, which have rules of their own.
     *
     * @see <a
     *     href="https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters#addonsconfig">
     *     all of them</a>
     */
    private static final Set<String> SERVING = Set.of(
            "dnsCacheConfig",
            "gcePersistentDiskCsiDriverConfig",
            "gcpFilestoreCsiDriverConfig",
            "gcsFuseCsiDriverConfig",
            "gkeBackupAgentConfig",
            "horizontalPodAutoscaling",
            "httpLoadBalancing",
            "lustreCsiDriverConfig",
            "networkPolicyConfig",
            "parallelstoreCsiDriverConfig",
            "statefulHaConfig");

    /** What lets others in, or gives pods more than the cluster's own API, and stands beside the add-ons. */
    private static final List<String> WIDENING =
            List.of("identityServiceConfig.enabled", "autopilotPrivilegedAdmission", "enableMultiNetworking");

    private ClusterFeatureRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("cluster-upgrades", MEDIUM, "No freeze keeps fixes from the nodes for long")
                        .why("a hole in the kernel or in containerd stays open on every node until the freeze is over")
                        .mend("set maintenance.freezes of at most " + Limit.EXCLUSION_WITHOUT_UPGRADES.most()
                                + " days, with upgrades between them")
                        .source(Limit.EXCLUSION_WITHOUT_UPGRADES.source())
                        .check(cluster(Freezes::flaw)),
                Rule.named("cluster-pools", HIGH, "Nodes are those of the plan's pools")
                        .why("Autopilot takes no node pools, and decides itself what a job's pod may be and get")
                        .mend("leave out enableAutopilot")
                        .check(cluster(refuse("enableAutopilot", true))),
                Rule.named("cluster-net-admin", MEDIUM, "The cluster gives no pod the right to change its network")
                        .why("a pod with NET_ADMIN can listen to and redirect what others on the node send")
                        .mend("leave out allowNetAdmin")
                        .check(cluster(refuse("allowNetAdmin", true))),
                Rule.named("cluster-own-authority", HIGH, "Google alone signs for the cluster")
                        .why(
                                "who holds the cluster's authority, or the key of its tokens, can be any user, node or pod of it")
                        .mend("leave out userManagedKeysConfig; Secrets are encrypted by databaseEncryption")
                        .source("https://cloud.google.com/kubernetes-engine/docs/tutorials/run-your-own-cas-keys")
                        .check(cluster(subject -> subject.at("userManagedKeysConfig").keys().stream()
                                .sorted()
                                .findFirst()
                                .map(key -> "userManagedKeysConfig." + key + " is set"))),
                Rule.named("cluster-add-ons", HIGH, "The cluster has no add-on that reaches further than its pods")
                        .why(
                                "Config Connector makes resources in the project for whoever may write an object, Istio and"
                                        + " Cloud Run open ports, an identity service lets in whom somebody else vouches for")
                        .mend("leave the add-on out, or set disabled: true")
                        .source(CIS + "5.10.1")
                        .check(cluster(ClusterFeatureRules::widening)));
    }

    private static Optional<String> widening(Subject cluster) {
        var addOns = cluster.at("addonsConfig");
        return Stream.concat(
                        addOns.keys().stream()
                                .filter(addOn -> !SERVING.contains(addOn) && isOn(addOns.key(addOn)))
                                .map(addOn -> "addonsConfig." + addOn),
                        WIDENING.stream().filter(feature -> cluster.at(feature).isTrue()))
                .findFirst()
                .map(feature -> feature + " is on");
    }

    /** Some are switched on, others are on unless they are switched off. */
    private static boolean isOn(InputValue addOn) {
        return addOn.isObject()
                && (addOn.key("enabled").exists() || addOn.key("disabled").exists())
                && !addOn.key("enabled").is(false)
                && !addOn.key("disabled").isTrue();
    }
}
