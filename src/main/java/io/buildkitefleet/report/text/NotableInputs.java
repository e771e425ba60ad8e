package io.buildkitefleet.report.text;

import java.util.List;
import java.util.Map;

/** The few inputs of a resource that a reviewer looks at first, as paths of property names. */
final class NotableInputs {
    private static final Map<String, List<String>> BY_TYPE = Map.ofEntries(
            Map.entry("gcp:artifactregistry/repository:Repository", List.of("format", "location")),
            Map.entry("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember", List.of("role", "member")),
            Map.entry("gcp:compute/firewall:Firewall", List.of("direction", "sourceRanges", "denies.protocol")),
            Map.entry("gcp:compute/routerNat:RouterNat", List.of("minPortsPerVm", "maxPortsPerVm")),
            Map.entry("gcp:compute/subnetwork:Subnetwork", List.of("region", "ipCidrRange")),
            Map.entry(
                    "gcp:container/cluster:Cluster",
                    List.of("name", "location", "releaseChannel.channel", "privateClusterConfig.enablePrivateNodes")),
            Map.entry(
                    "gcp:container/nodePool:NodePool",
                    List.of(
                            "nodeConfig.machineType",
                            "nodeConfig.preemptible",
                            "nodeConfig.spot",
                            "autoscaling.totalMinNodeCount",
                            "autoscaling.totalMaxNodeCount",
                            "nodeConfig.sandboxConfig.sandboxType")),
            Map.entry("gcp:kms/cryptoKey:CryptoKey", List.of("rotationPeriod")),
            Map.entry("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", List.of("role")),
            Map.entry("gcp:projects/iAMMember:IAMMember", List.of("role", "member")),
            Map.entry("gcp:projects/service:Service", List.of("service")),
            Map.entry("gcp:projects/serviceIdentity:ServiceIdentity", List.of("service")),
            Map.entry("gcp:secretmanager/secret:Secret", List.of("secretId")),
            Map.entry("gcp:secretmanager/secretIamMember:SecretIamMember", List.of("role", "member")),
            Map.entry("gcp:serviceaccount/account:Account", List.of("accountId")),
            Map.entry("gcp:serviceaccount/iAMMember:IAMMember", List.of("role", "member")),
            Map.entry("gcp:storage/bucket:Bucket", List.of("name", "location", "publicAccessPrevention")),
            Map.entry("gcp:storage/bucketIAMMember:BucketIAMMember", List.of("role", "member", "condition.title")),
            Map.entry("kubernetes:apps/v1:Deployment", List.of("metadata.name", "spec.replicas")),
            Map.entry("kubernetes:core/v1:ConfigMap", List.of("metadata.name")),
            Map.entry("kubernetes:core/v1:LimitRange", List.of("metadata.name")),
            Map.entry(
                    "kubernetes:core/v1:Namespace",
                    List.of("metadata.name", "metadata.labels[pod-security.kubernetes.io/enforce]")),
            Map.entry("kubernetes:core/v1:PersistentVolume", List.of("spec.hostPath.path")),
            Map.entry("kubernetes:core/v1:PersistentVolumeClaim", List.of("metadata.name")),
            Map.entry("kubernetes:core/v1:ResourceQuota", List.of("spec.hard.pods")),
            Map.entry("kubernetes:core/v1:Secret", List.of("metadata.name")),
            Map.entry("kubernetes:core/v1:Service", List.of("metadata.name")),
            Map.entry("kubernetes:core/v1:ServiceAccount", List.of("metadata.name")),
            Map.entry(
                    "kubernetes:helm.sh/v3:Release",
                    List.of("name", "version", "values.config.queue", "values.config.max-in-flight")),
            Map.entry("kubernetes:networking.k8s.io/v1:NetworkPolicy", List.of("metadata.name")),
            Map.entry("kubernetes:rbac.authorization.k8s.io/v1:Role", List.of("metadata.namespace")),
            Map.entry("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", List.of("metadata.namespace")));

    private NotableInputs() {}

    public static List<String> of(String type) {
        return BY_TYPE.getOrDefault(type, List.of());
    }
}
