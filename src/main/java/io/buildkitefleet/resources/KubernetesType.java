package io.buildkitefleet.resources;

/** The cluster's types that the program registers. */
public enum KubernetesType implements ResourceType {
    MUTATING_ADMISSION_POLICY(object("kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicy")),
    MUTATING_ADMISSION_POLICY_BINDING(
            object("kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicyBinding")),
    VALIDATING_ADMISSION_POLICY(object("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy")
            .shows("metadata.name")),
    VALIDATING_ADMISSION_POLICY_BINDING(
            object("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding")
                    .shows("metadata.name")),
    DEPLOYMENT(object("kubernetes:apps/v1:Deployment")
            .shows("metadata.name", "spec.replicas")
            .replacedBy(source("diff.go#L171"), "spec.selector")),
    CRON_JOB(object("kubernetes:batch/v1:CronJob")),
    // The fleet's provider changes the data of ConfigMaps and Secrets in place.
    CONFIG_MAP(object("kubernetes:core/v1:ConfigMap").shows("metadata.name")),
    LIMIT_RANGE(object("kubernetes:core/v1:LimitRange").shows("metadata.name")),
    NAMESPACE(object("kubernetes:core/v1:Namespace")
            .loses("everything in the namespace is deleted, running jobs with it")
            .shows(
                    "metadata.name",
                    "metadata.labels[pod-security.kubernetes.io/enforce]",
                    "metadata.labels[buildkite-fleet/pool]")),
    PERSISTENT_VOLUME(object("kubernetes:core/v1:PersistentVolume")
            .shows("spec.hostPath.path")
            .replacedBy(
                    source("diff.go#L87"),
                    "spec.awsElasticBlockStore",
                    "spec.azureDisk",
                    "spec.azureFile",
                    "spec.cephfs",
                    "spec.cinder",
                    "spec.csi",
                    "spec.fc",
                    "spec.flexVolume",
                    "spec.flocker",
                    "spec.gcePersistentDisk",
                    "spec.glusterfs",
                    "spec.hostPath",
                    "spec.iscsi",
                    "spec.local",
                    "spec.nfs",
                    "spec.photonPersistentDisk",
                    "spec.portworxVolume",
                    "spec.quobyte",
                    "spec.rbd",
                    "spec.scaleIO",
                    "spec.storageos",
                    "spec.vsphereVolume")),
    PERSISTENT_VOLUME_CLAIM(object("kubernetes:core/v1:PersistentVolumeClaim")
            .shows("metadata.name")
            .replacedBy(
                    source("diff.go#L111"),
                    "spec.accessModes",
                    "spec.selector",
                    "spec.storageClassName",
                    "spec.volumeName")),
    RESOURCE_QUOTA(object("kubernetes:core/v1:ResourceQuota")
            .shows("spec.hard.pods")
            .replacedBy(source("diff.go#L152"), "spec.scopes")),
    SECRET(object("kubernetes:core/v1:Secret").shows("metadata.name").replacedBy(source("diff.go#L155"), "type")),
    SERVICE(object("kubernetes:core/v1:Service")
            .shows("metadata.name")
            .replacedBy(source("diff.go#L158"), "spec.clusterIP")),
    SERVICE_ACCOUNT(object("kubernetes:core/v1:ServiceAccount").shows("metadata.name")),
    RELEASE(Entry.of("kubernetes:helm.sh/v3:Release")
            .shows("name", "version", "values.config.queue", "values.config.max-in-flight")
            .replacedBy(source("helm_release.go#L907"), "name", "namespace")),
    NETWORK_POLICY(object("kubernetes:networking.k8s.io/v1:NetworkPolicy").shows("metadata.name")),
    POD_DISRUPTION_BUDGET(object("kubernetes:policy/v1:PodDisruptionBudget")),
    CLUSTER_ROLE(object("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole")),
    CLUSTER_ROLE_BINDING(object("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding")
            .replacedBy(source("diff.go#L192"), "roleRef")),
    ROLE(object("kubernetes:rbac.authorization.k8s.io/v1:Role").shows("metadata.namespace")),
    ROLE_BINDING(object("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding")
            .shows("metadata.namespace")
            .replacedBy(source("diff.go#L192"), "roleRef")),
    VOLUME_SNAPSHOT_CLASS(object("kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass")),
    STORAGE_CLASS(object("kubernetes:storage.k8s.io/v1:StorageClass")
            .replacedBy(source("diff.go#L72"), "parameters", "provisioner"));

    private final Entry entry;

    KubernetesType(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    private static Entry object(String token) {
        return Entry.of(token).replacedBy(source("diff.go#L207"), "metadata.name", "metadata.namespace");
    }

    /** Where the provider says what it replaces. */
    static String source(String place) {
        return "https://github.com/pulumi/pulumi-kubernetes/blob/v4.32.0/provider/pkg/provider/" + place;
    }
}
