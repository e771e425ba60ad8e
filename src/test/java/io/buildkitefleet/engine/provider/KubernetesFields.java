package io.buildkitefleet.engine.provider;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the Kubernetes provider cannot change where it is: <a
 * href="https://github.com/pulumi/pulumi-kubernetes/blob/v4.32.0/provider/pkg/provider/diff.go">diff.go</a> and, for
 * releases, <a
 * href="https://github.com/pulumi/pulumi-kubernetes/blob/v4.32.0/provider/pkg/provider/helm_release.go">helm_release.go</a>.
 */
final class KubernetesFields {
    private static final List<String> IDENTITY = List.of("metadata.name", "metadata.namespace");

    /** Of the kinds that the program registers; all others have none. */
    private static final Map<String, List<String>> BY_KIND = Map.of(
            "core/v1:PersistentVolume", List.of("spec.csi", "spec.hostPath", "spec.local", "spec.gcePersistentDisk"),
            "core/v1:PersistentVolumeClaim",
                    List.of("spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"),
            "core/v1:ResourceQuota", List.of("spec.scopes"),
            "core/v1:Service", List.of("spec.clusterIP"),
            "apps/v1:Deployment", List.of("spec.selector"),
            "rbac.authorization.k8s.io/v1:ClusterRoleBinding", List.of("roleRef"),
            "rbac.authorization.k8s.io/v1:RoleBinding", List.of("roleRef"),
            "storage.k8s.io/v1:StorageClass", List.of("parameters", "provisioner"),
            "helm.sh/v3:Release", List.of("name", "namespace"));

    private static final List<String> SECRET = List.of("type", "stringData", "data");
    private static final List<String> CONFIG_MAP = List.of("binaryData", "data");

    private KubernetesFields() {}

    /**
     * Whether a change replaces the object.
     *
     * @param switches what the provider was told to change in place, for example {@code enableSecretMutable}
     */
    static boolean replaces(String token, String path, Set<String> switches) {
        var kind = token.substring("kubernetes:".length());
        return isAt(IDENTITY, path)
                || isAt(BY_KIND.getOrDefault(kind, List.of()), path)
                || kind.equals("core/v1:Secret")
                        && isAt(switches.contains("enableSecretMutable") ? List.of("type") : SECRET, path)
                || kind.equals("core/v1:ConfigMap")
                        && !switches.contains("enableConfigMapMutable")
                        && isAt(CONFIG_MAP, path);
    }

    private static boolean isAt(List<String> places, String path) {
        return places.stream()
                .anyMatch(place -> path.equals(place) || path.startsWith(place + ".") || path.startsWith(place + "["));
    }
}
