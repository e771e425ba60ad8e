package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.add;
import static io.buildkitefleet.rules.Mutation.set;

import java.util.List;

/** Rights in the cluster that nothing of the fleet uses. */
final class RightMutations {
    private static final String RULE = "rbac-used";

    private static final String RBAC = "kubernetes:rbac.authorization.k8s.io/v1:";

    private RightMutations() {}

    static List<Mutation> all() {
        return List.of(
                role("buildkite-big", "networking.k8s.io", "networkpolicies", "patch"),
                role("buildkite-big", "", "endpoints", "update"),
                role("buildkite-big", "discovery.k8s.io", "endpointslices", "create"),
                role("buildkite-big", "", "services/proxy", "get"),
                role("buildkite-big", "", "resourcequotas", "patch"),
                role("buildkite-big", "", "limitranges", "delete"),
                role("buildkite-big", "", "configmaps", "create"),
                role("buildkite-big", "secrets-store.csi.x-k8s.io", "secretproviderclasses", "create"),
                role("buildkite-caches", "", "pods", "list"),
                role("kube-system", "coordination.k8s.io", "leases", "update"),
                role("default", "", "events", "get").seenBy("namespace-own"),
                clusterRole("", "nodes/checkpoint", "create"),
                clusterRole("", "nodes/log", "get"),
                clusterRole("storage.k8s.io", "volumeattachments", "create"),
                clusterRole("policy.networking.k8s.io", "adminnetworkpolicies", "create"),
                clusterRole("policy.networking.k8s.io", "baselineadminnetworkpolicies", "patch"),
                clusterRole("flowcontrol.apiserver.k8s.io", "flowschemas", "create"),
                clusterRole("flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations", "update"),
                clusterRole("example.com", "anything", "use"),
                set(RULE, "queue-deploy-deploy-apps-role", "[\"get\",\"deletecollection\"]", "rules", 1, "verbs"),
                set(RULE, "queue-deploy-deploy-apps-role", "[\"leases\"]", "rules", 1, "resources"),
                binding("buildkite-big", "ClusterRole", "view", "job", "buildkite-big"),
                binding("buildkite-big", "ClusterRole", "of-somebody", "job", "buildkite-big"),
                binding("buildkite-big", "Role", "of-somebody", "job", "buildkite-big"),
                binding("buildkite-big", "Role", "debug", "job", "buildkite-small")
                        .where(plan -> plan.and(
                                RBAC + "Role",
                                "debug",
                                "{\"metadata\":{\"name\":\"debug\",\"namespace\":\"buildkite-big\"},\"rules\":[{\"apiGroups\":[\"\"],"
                                        + "\"resources\":[\"pods\"],\"verbs\":[\"get\"]}]}"))
                        .seenBy("deploy-branches"));
    }

    private static Mutation role(String namespace, String group, String resource, String verb) {
        return add(
                RULE,
                RBAC + "Role",
                "{\"metadata\":{\"namespace\":\"" + namespace + "\"}," + rules(group, resource, verb));
    }

    private static Mutation clusterRole(String group, String resource, String verb) {
        return add(RULE, RBAC + "ClusterRole", "{" + rules(group, resource, verb));
    }

    private static String rules(String group, String resource, String verb) {
        return "\"rules\":[{\"apiGroups\":[\"" + group + "\"],\"resources\":[\"" + resource + "\"],\"verbs\":[\"" + verb
                + "\"]}]}";
    }

    private static Mutation binding(String namespace, String kind, String role, String account, String of) {
        return add(
                RULE,
                RBAC + "RoleBinding",
                "{\"metadata\":{\"namespace\":\"" + namespace + "\"},\"roleRef\":{\"kind\":\"" + kind + "\",\"name\":\""
                        + role + "\"},\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"" + account
                        + "\",\"namespace\":\"" + of + "\"}]}");
    }
}
