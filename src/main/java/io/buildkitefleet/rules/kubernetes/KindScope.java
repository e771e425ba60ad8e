package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which kinds of objects are in a namespace.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/tree/v1.36.3/api/discovery">what the API server says of each
 *     kind that it has; the history of these files has kinds that are gone</a>
 */
final class KindScope {
    /** The groups of Kubernetes itself, each with its kinds that are in no namespace; all others of it are in one. */
    private static final Map<String, Set<String>> CLUSTER_WIDE = Map.ofEntries(
            Map.entry("core", Set.of("ComponentStatus", "Namespace", "Node", "PersistentVolume")),
            Map.entry(
                    "admissionregistration.k8s.io",
                    Set.of(
                            "MutatingAdmissionPolicy",
                            "MutatingAdmissionPolicyBinding",
                            "MutatingWebhookConfiguration",
                            "ValidatingAdmissionPolicy",
                            "ValidatingAdmissionPolicyBinding",
                            "ValidatingWebhookConfiguration")),
            Map.entry("apiextensions.k8s.io", Set.of("CustomResourceDefinition")),
            Map.entry("apiregistration.k8s.io", Set.of("APIService")),
            Map.entry("apps", Set.of()),
            Map.entry("authentication.k8s.io", Set.of("SelfSubjectReview", "TokenReview")),
            Map.entry(
                    "authorization.k8s.io",
                    Set.of("SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview")),
            Map.entry("autoscaling", Set.of()),
            Map.entry("batch", Set.of()),
            Map.entry("certificates.k8s.io", Set.of("CertificateSigningRequest", "ClusterTrustBundle")),
            Map.entry("coordination.k8s.io", Set.of()),
            Map.entry("discovery.k8s.io", Set.of()),
            Map.entry("events.k8s.io", Set.of()),
            Map.entry("flowcontrol.apiserver.k8s.io", Set.of("FlowSchema", "PriorityLevelConfiguration")),
            Map.entry("internal.apiserver.k8s.io", Set.of("StorageVersion")),
            Map.entry("networking.k8s.io", Set.of("ClusterCIDR", "IPAddress", "IngressClass", "ServiceCIDR")),
            Map.entry("node.k8s.io", Set.of("RuntimeClass")),
            Map.entry("policy", Set.of()),
            Map.entry("rbac.authorization.k8s.io", Set.of("ClusterRole", "ClusterRoleBinding")),
            Map.entry(
                    "resource.k8s.io",
                    Set.of(
                            "DeviceClass",
                            "DeviceTaintRule",
                            "ResourceClass",
                            "ResourcePoolStatusRequest",
                            "ResourceSlice")),
            Map.entry("scheduling.k8s.io", Set.of("PriorityClass")),
            Map.entry(
                    "storage.k8s.io",
                    Set.of("CSIDriver", "CSINode", "StorageClass", "VolumeAttachment", "VolumeAttributesClass")),
            Map.entry("storagemigration.k8s.io", Set.of("StorageVersionMigration")));

    /** Where Pulumi has Helm's releases. */
    private static final String HELM = "helm.sh";

    private static final String LIST = "List";

    private KindScope() {}

    /** The kind of an object, also of one that only patches it. */
    static String kind(Subject subject) {
        var type = subject.resource().type();
        return type.substring(type.lastIndexOf(':') + 1).replaceFirst("Patch$", "");
    }

    /** Whether Kubernetes has the kind, and objects of it are in a namespace. */
    static boolean isNamespaced(String group, String kind) {
        return CLUSTER_WIDE.containsKey(group) && !CLUSTER_WIDE.get(group).contains(kind);
    }

    /** Whether the objects of a resource are in a namespace; of kinds that others define, the plan does not say it. */
    static boolean isNamespaced(Subject subject) {
        var group = group(subject);
        return group.equals(HELM) || isNamespaced(group, kind(subject).replaceFirst(LIST + "$", ""));
    }

    /** The namespaces that a resource names: one of its own, or one for each object of a list. */
    static Stream<InputValue> namespaces(Subject subject) {
        if (group(subject).equals(HELM)) {
            return Stream.of(subject.at("namespace"));
        }
        var objects = kind(subject).endsWith(LIST) ? subject.at("items").items() : List.of(subject.value());
        return objects.stream().map(object -> object.at("metadata.namespace"));
    }

    /** {@code rbac.authorization.k8s.io} of {@code kubernetes:rbac.authorization.k8s.io/v1:Role}. */
    private static String group(Subject subject) {
        return subject.resource().type().replaceFirst("[^:]*:", "").replaceFirst("/.*", "");
    }
}
