package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.drop;
import static io.buildkitefleet.rules.Mutation.set;

import java.util.List;

/** Mistakes in what goes from one namespace to another, or out of one. */
final class CrossingMutations {
    private static final String CACHE = "cache-servers-bazel-network";

    private static final String JOBS = "queue-small-namespace-jobs";

    private static final String DEPLOYS = "queue-deploy-namespace-jobs";

    private static final String RELEASE = "queue-small-release";

    private static final String SERVER = "cache-servers-bazel-deployment";

    private static final String ROLE = "buildkite-fleet/role";

    private static final String VOLUME = "queue-big-warm-volume";

    private static final Object[] NAMESPACES = {"spec", "ingress", 0, "from", 0, "namespaceSelector"};

    private CrossingMutations() {}

    static List<Mutation> all() {
        return List.of(
                set(
                        "network-mutual",
                        CACHE,
                        "{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"buildkite-untrusted\"}}",
                        NAMESPACES),
                set(
                        "network-mutual",
                        CACHE,
                        "{\"matchExpressions\":[{\"key\":\"buildkite-fleet/queue\",\"operator\":\"Exists\"}]}",
                        NAMESPACES),
                set(
                                "network-mutual",
                                "queue-gpu-namespace-deny-all",
                                "[{\"from\":[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"buildkite-small\"}}}]}]",
                                "spec",
                                "ingress")
                        .seenBy("queue-network"),
                set(
                        "network-mutual",
                        "cache-servers-go-network",
                        "[\"buildkite-big\",\"buildkite-small\"]",
                        "spec",
                        "ingress",
                        0,
                        "from",
                        0,
                        "namespaceSelector",
                        "matchExpressions",
                        0,
                        "values"),
                set("network-way-out", JOBS, "[]", "spec", "egress").seenBy("network-mutual"),
                drop("network-way-out", JOBS, "spec", "egress").seenBy("network-mutual"),
                set("network-way-out", JOBS, "{\"matchLabels\":{\"a\":\"b\"}}", "spec", "podSelector")
                        .seenBy("queue-network"),
                reaches(DEPLOYS, "{\"to\":[{\"ipBlock\":{\"cidr\":\"10.0.0.0/20\"}}],\"ports\":[{\"port\":10250}]}"),
                reaches(DEPLOYS, "{\"to\":[{\"ipBlock\":{\"cidr\":\"172.16.0.0/28\"}}]}"),
                reaches(DEPLOYS, "{\"to\":[{\"ipBlock\":{\"cidr\":\"192.168.7.7/32\"}}],\"ports\":[{\"port\":443}]}"),
                reaches(
                        DEPLOYS,
                        "{\"to\":[{\"ipBlock\":{\"cidr\":\"172.16.0.0/28\"}}],\"ports\":[{\"port\":443,\"endPort\":10250}]}"),
                reaches(JOBS, "{\"to\":[{\"ipBlock\":{\"cidr\":\"172.16.8.0/28\"}}],\"ports\":[{\"port\":443}]}"),
                reaches(JOBS, "{\"to\":[{\"ipBlock\":{\"cidr\":\"169.254.169.252/32\"}}],\"ports\":[{\"port\":988}]}"),
                reaches(
                        JOBS,
                        "{\"to\":[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"kube-system\"}}}]}"),
                reaches(
                        JOBS,
                        "{\"to\":[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"gmp-system\"}}}],"
                                + "\"ports\":[{\"port\":443}]}"),
                reaches(
                        "queue-untrusted-namespace-controller",
                        "{\"to\":[{\"ipBlock\":{\"cidr\":\"169.254.169.254/32\"}}],\"ports\":[{\"port\":80}]}"),
                set("queue-network", JOBS, "{}", "spec", "podSelector"),
                set(
                                "queue-network",
                                DEPLOYS,
                                "{\"matchLabels\":{\"buildkite-fleet/role\":\"controller\"}}",
                                "spec",
                                "podSelector")
                        .seenBy("network-way-out"),
                set("queue-labels", RELEASE, "\"controller\"", "values", "config", "default-metadata", "labels", ROLE),
                set("queue-labels", RELEASE, "\"job\"", "values", "labels", ROLE),
                set("queue-labels", RELEASE, "\"big\"", "values", "labels", "buildkite-fleet/queue"),
                set("namespace-quota", "queue-small-namespace-quota", "\"9999\"", "spec", "hard", "pods"),
                set("pod-placement", SERVER, "{}", "spec", "template", "spec", "nodeSelector"),
                set("pod-placement", SERVER, "[{\"operator\":\"Exists\"}]", "spec", "template", "spec", "tolerations"),
                letsIn(JOBS, "{\"podSelector\":{}}"),
                letsIn("queue-untrusted-namespace-jobs", "{\"ipBlock\":{\"cidr\":\"35.191.0.0/24\"}}"),
                letsIn(
                        "queue-untrusted-namespace-jobs",
                        "{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"kube-system\"}}}"),
                set("service-present", "cache-servers-bazel-service", "9", "spec", "ports", 0, "targetPort"),
                set("volume-claim", VOLUME, "\"buildkite-small\"", "spec", "claimRef", "namespace"),
                set("volume-claim", VOLUME, "\"other\"", "spec", "claimRef", "name"),
                drop("volume-claim", VOLUME, "spec", "claimRef"));
    }

    /** One way more. */
    private static Mutation reaches(String policy, String rule) {
        return new Mutation(
                "queue-network", policy + " with " + rule, plan -> plan.withItem(policy, rule, "spec", "egress"));
    }

    private static Mutation letsIn(String policy, String peer) {
        return set("queue-network", policy, "[{\"from\":[" + peer + "]}]", "spec", "ingress");
    }
}
