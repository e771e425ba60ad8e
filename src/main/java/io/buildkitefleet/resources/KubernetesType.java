package io.buildkitefleet.resources;

/** The cluster's types that the program registers. */
public enum KubernetesType implements ResourceType {
    MUTATING_ADMISSION_POLICY(Entry.of("kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicy")),
    MUTATING_ADMISSION_POLICY_BINDING(
            Entry.of("kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicyBinding")),
    DEPLOYMENT(Entry.of("kubernetes:apps/v1:Deployment").shows("metadata.name", "spec.replicas")),
    CRON_JOB(Entry.of("kubernetes:batch/v1:CronJob")),
    CONFIG_MAP(Entry.of("kubernetes:core/v1:ConfigMap").shows("metadata.name")),
    LIMIT_RANGE(Entry.of("kubernetes:core/v1:LimitRange").shows("metadata.name")),
    NAMESPACE(Entry.of("kubernetes:core/v1:Namespace")
            .loses("everything in the namespace is deleted, running jobs with it")
            .shows("metadata.name", "metadata.labels[pod-security.kubernetes.io/enforce]")),
    PERSISTENT_VOLUME(Entry.of("kubernetes:core/v1:PersistentVolume").shows("spec.hostPath.path")),
    PERSISTENT_VOLUME_CLAIM(Entry.of("kubernetes:core/v1:PersistentVolumeClaim").shows("metadata.name")),
    RESOURCE_QUOTA(Entry.of("kubernetes:core/v1:ResourceQuota").shows("spec.hard.pods")),
    SECRET(Entry.of("kubernetes:core/v1:Secret").shows("metadata.name")),
    SERVICE(Entry.of("kubernetes:core/v1:Service").shows("metadata.name")),
    SERVICE_ACCOUNT(Entry.of("kubernetes:core/v1:ServiceAccount").shows("metadata.name")),
    RELEASE(Entry.of("kubernetes:helm.sh/v3:Release")
            .shows("name", "version", "values.config.queue", "values.config.max-in-flight")),
    NETWORK_POLICY(Entry.of("kubernetes:networking.k8s.io/v1:NetworkPolicy").shows("metadata.name")),
    POD_DISRUPTION_BUDGET(Entry.of("kubernetes:policy/v1:PodDisruptionBudget")),
    CLUSTER_ROLE(Entry.of("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole")),
    CLUSTER_ROLE_BINDING(Entry.of("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding")),
    ROLE(Entry.of("kubernetes:rbac.authorization.k8s.io/v1:Role").shows("metadata.namespace")),
    ROLE_BINDING(Entry.of("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding").shows("metadata.namespace")),
    VOLUME_SNAPSHOT_CLASS(Entry.of("kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass")),
    STORAGE_CLASS(Entry.of("kubernetes:storage.k8s.io/v1:StorageClass"));

    private final Entry entry;

    KubernetesType(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }
}
