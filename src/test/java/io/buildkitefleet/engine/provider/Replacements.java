package io.buildkitefleet.engine.provider;

import java.util.Map;
import java.util.Set;

/** Which inputs cannot be changed where they are: a change of one makes a new resource. */
final class Replacements {
    /** In every resource of Google's that has them. */
    private static final Set<String> GOOGLE = Set.of(
            "accountId",
            "addressType",
            "bucket",
            "cluster",
            "condition",
            "cryptoKeyId",
            "datapathProvider",
            "direction",
            "format",
            "initialNodeCount",
            "ipAllocationPolicy",
            "keyRing",
            "location",
            "member",
            "name",
            "network",
            "networkingMode",
            "nodeConfig",
            "privateClusterConfig",
            "project",
            "purpose",
            "region",
            "replication",
            "repository",
            "repositoryId",
            "role",
            "router",
            "secret",
            "secretData",
            "secretId",
            "service",
            "serviceAccountId",
            "subnetwork",
            "zone");

    /** Of a node pool, what GKE changes by making its nodes anew. */
    private static final Set<String> UPDATED_NODE_CONFIG = Set.of(
            "nodeConfig.imageType",
            "nodeConfig.gcfsConfig",
            "nodeConfig.labels",
            "nodeConfig.resourceLabels",
            "nodeConfig.tags",
            "nodeConfig.taints",
            "nodeConfig.workloadMetadataConfig");

    private static final Set<String> KUBERNETES = Set.of("apiVersion", "kind", "metadata.name", "metadata.namespace");

    /** https://github.com/pulumi/pulumi-kubernetes/blob/00302beb58ae/provider/pkg/provider/diff.go */
    private static final Map<String, Set<String>> KUBERNETES_BY_TYPE = Map.of(
            "kubernetes:core/v1:ConfigMap", Set.of("binaryData", "data"),
            "kubernetes:core/v1:ResourceQuota", Set.of("spec.scopes"),
            "kubernetes:core/v1:Secret", Set.of("data", "stringData", "type"),
            "kubernetes:helm.sh/v3:Release", Set.of("name", "namespace"),
            "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", Set.of("roleRef"));

    private Replacements() {}

    /** @param path of an input, for example {@code nodeConfig.taints[0].key} */
    static boolean isNeeded(String type, String path) {
        if (type.startsWith("kubernetes:")) {
            return covers(KUBERNETES, path) || covers(KUBERNETES_BY_TYPE.getOrDefault(type, Set.of()), path);
        }
        return covers(GOOGLE, path) && !covers(UPDATED_NODE_CONFIG, path);
    }

    private static boolean covers(Set<String> names, String path) {
        return names.stream()
                .anyMatch(name -> path.equals(name) || path.startsWith(name + ".") || path.startsWith(name + "["));
    }
}
