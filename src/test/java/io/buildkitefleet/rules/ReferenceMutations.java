package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.dropResource;
import static io.buildkitefleet.rules.Mutation.set;

import java.util.List;
import java.util.stream.Stream;

/** Things that others name or need, taken away. */
final class ReferenceMutations {
    private static final String CACHE = "cache-servers-bazel-deployment";
    private static final Object[] VOLUMES = {"spec", "template", "spec", "volumes"};

    private ReferenceMutations() {}

    static Stream<Mutation> all() {
        return Stream.of(google(), objects(), services()).flatMap(List::stream);
    }

    private static List<Mutation> google() {
        return List.of(
                dropResource("node-egress", "network-nat"),
                set("node-egress", "network-nat", "\"europe-west1\"", "region"),
                set("node-egress", "network-nat", "\"LIST_OF_SUBNETWORKS\"", "sourceSubnetworkIpRangesToNat"),
                set("node-egress", "network-nat", "[]", "natIps"),
                dropResource("node-role", "nodes-role"),
                set("node-role", "nodes-role", "{\"title\":\"never\",\"expression\":\"false\"}", "condition"),
                dropResource("key-use", "keys-cluster-use"),
                dropResource("key-use", "keys-buckets-use"),
                set("key-use", "keys-images-use", "\"roles/cloudkms.cryptoKeyDecrypter\"", "role"),
                dropResource("secret-value", "secrets-ci-npm-token-version"));
    }

    private static List<Mutation> objects() {
        return List.of(
                dropResource("reference-present", "queue-big-token").seenBy("fleet-whole"),
                dropResource("reference-present", "queue-big-environment"),
                dropResource("reference-present", "queue-big-checkout"),
                dropResource("reference-present", "queue-big-warm-claim"),
                dropResource("reference-present", "queue-big-warm-volume"),
                dropResource("reference-present", "cache-servers-disks"),
                dropResource("reference-present", "mirrors-account").seenBy("rbac-strangers"),
                volume("{\"name\":\"more\",\"secret\":{\"secretName\":\"gone\"}}"),
                volume("{\"name\":\"more\",\"configMap\":{\"name\":\"gone\"}}"),
                volume("{\"name\":\"more\",\"projected\":{\"sources\":[{\"secret\":{\"name\":\"gone\"}}]}}"),
                volume("{\"name\":\"more\",\"persistentVolumeClaim\":{\"claimName\":\"gone\"}}"),
                set(
                        "reference-present",
                        CACHE,
                        "[{\"name\":\"gone\"}]",
                        "spec",
                        "template",
                        "spec",
                        "imagePullSecrets"));
    }

    private static Mutation volume(String json) {
        return new Mutation("reference-present", json, plan -> plan.withItem(CACHE, json, VOLUMES));
    }

    private static List<Mutation> services() {
        return List.of(
                dropResource("service-present", "cache-servers-bazel-service"),
                dropResource("service-present", "cache-servers-bazel-deployment"),
                set(
                        "service-present",
                        "cache-servers-bazel-service",
                        "{\"buildkite-fleet/cache\":\"basel\"}",
                        "spec",
                        "selector"),
                set(
                                "service-present",
                                "queue-big-environment",
                                "\"https://gone.buildkite-caches:8080/cache\"",
                                "data",
                                "FLEET_BAZEL_CACHE")
                        .seenBy("queue-variables"));
    }
}
