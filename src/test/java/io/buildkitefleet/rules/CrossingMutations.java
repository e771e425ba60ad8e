package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.drop;
import static io.buildkitefleet.rules.Mutation.set;

import java.util.List;

/** Mistakes in what goes from one namespace to another, or out of one. */
final class CrossingMutations {
    private static final String CACHE = "cache-servers-bazel-network";

    private static final String JOBS = "queue-small-namespace-jobs";

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
                        "ingress"),
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
                set("network-way-out", JOBS, "{\"matchLabels\":{\"a\":\"b\"}}", "spec", "podSelector"),
                set("service-present", "cache-servers-bazel-service", "9", "spec", "ports", 0, "targetPort"),
                set("volume-claim", VOLUME, "\"buildkite-small\"", "spec", "claimRef", "namespace"),
                set("volume-claim", VOLUME, "\"other\"", "spec", "claimRef", "name"),
                drop("volume-claim", VOLUME, "spec", "claimRef"));
    }
}
