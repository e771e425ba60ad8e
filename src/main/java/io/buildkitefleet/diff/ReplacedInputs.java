package io.buildkitefleet.diff;

import java.util.Map;
import java.util.Set;

/** The table behind {@link Replacements}: inputs by type, without what many types have in common. */
final class ReplacedInputs {
    static final Map<String, Set<String>> BY_TYPE = Map.ofEntries(
            type(
                    "gcp:artifactregistry/repository:Repository",
                    "format",
                    "kmsKeyName",
                    "location",
                    "mavenConfig.allowSnapshotOverwrites",
                    "mavenConfig.versionPolicy",
                    "mode",
                    "project",
                    "remoteRepositoryConfig",
                    "repositoryId"),
            type("gcp:artifactregistry/repositoryIamMember:RepositoryIamMember", "location", "project", "repository"),
            type(
                    "gcp:compute/address:Address",
                    "address",
                    "addressType",
                    "description",
                    "ipVersion",
                    "ipv6EndpointType",
                    "name",
                    "network",
                    "networkTier",
                    "prefixLength",
                    "project",
                    "purpose",
                    "region",
                    "subnetwork"),
            type("gcp:compute/firewall:Firewall", "direction", "name", "project"),
            type(
                    "gcp:compute/network:Network",
                    "autoCreateSubnetworks",
                    "description",
                    "enableUlaInternalIpv6",
                    "internalIpv6Range",
                    "mtu",
                    "name",
                    "project"),
            type("gcp:compute/router:Router", "encryptedInterconnectRouter", "name", "network", "project", "region"),
            type("gcp:compute/routerNat:RouterNat", "name", "project", "region", "router", "type"),
            type("gcp:compute/subnetwork:Subnetwork", "description", "name", "network", "project", "purpose", "region"),
            type(
                    "gcp:kms/cryptoKey:CryptoKey",
                    "destroyScheduledDuration",
                    "importOnly",
                    "keyRing",
                    "name",
                    "purpose",
                    "skipInitialVersionCreation",
                    "versionTemplate.protectionLevel"),
            type("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "cryptoKeyId"),
            type("gcp:kms/cryptoKeyVersion:CryptoKeyVersion", "cryptoKey"),
            type("gcp:kms/keyRing:KeyRing", "location", "name", "project"),
            type("gcp:projects/iAMMember:IAMMember", "project"),
            type("gcp:projects/service:Service", "project", "service"),
            type("gcp:projects/serviceIdentity:ServiceIdentity", "project", "service"),
            type(
                    "gcp:secretmanager/secret:Secret",
                    "project",
                    "replication.auto",
                    "replication.userManaged.replicas.location",
                    "secretId",
                    "ttl"),
            type("gcp:secretmanager/secretIamMember:SecretIamMember", "project", "secretId"),
            type("gcp:secretmanager/secretVersion:SecretVersion", "isSecretDataBase64", "secret", "secretData"),
            type("gcp:serviceaccount/account:Account", "accountId", "project"),
            type("gcp:serviceaccount/iAMMember:IAMMember", "serviceAccountId"),
            type("gcp:storage/bucket:Bucket", "customPlacementConfig.dataLocations", "location", "name", "project"),
            type("gcp:storage/bucketIAMMember:BucketIAMMember", "bucket"),
            type("kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicy"),
            type("kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicyBinding"),
            type("kubernetes:apps/v1:Deployment", "spec.selector"),
            type("kubernetes:batch/v1:CronJob"),
            // The fleet's provider changes the data of ConfigMaps and Secrets in place.
            type("kubernetes:core/v1:ConfigMap"),
            type("kubernetes:core/v1:LimitRange"),
            type("kubernetes:core/v1:Namespace"),
            type(
                    "kubernetes:core/v1:PersistentVolume",
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
                    "spec.vsphereVolume"),
            type(
                    "kubernetes:core/v1:PersistentVolumeClaim",
                    "spec.accessModes",
                    "spec.selector",
                    "spec.storageClassName",
                    "spec.volumeName"),
            type("kubernetes:core/v1:ResourceQuota", "spec.scopes"),
            type("kubernetes:core/v1:Secret", "type"),
            type("kubernetes:core/v1:Service", "spec.clusterIP"),
            type("kubernetes:core/v1:ServiceAccount"),
            type("kubernetes:helm.sh/v3:Release", "name", "namespace"),
            type("kubernetes:networking.k8s.io/v1:NetworkPolicy"),
            type("kubernetes:policy/v1:PodDisruptionBudget"),
            type("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole"),
            type("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "roleRef"),
            type("kubernetes:rbac.authorization.k8s.io/v1:Role"),
            type("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "roleRef"),
            type("kubernetes:snapshot.storage.k8s.io/v1:VolumeSnapshotClass"),
            type("kubernetes:storage.k8s.io/v1:StorageClass", "parameters", "provisioner"),
            type("pulumi:providers:gcp"),
            type("pulumi:providers:kubernetes", "clusterIdentifier"));

    /** Those that bind a member to a role, which are its whole content. */
    static final Set<String> MEMBERS = Set.of(
            "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
            "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
            "gcp:projects/iAMMember:IAMMember",
            "gcp:secretmanager/secretIamMember:SecretIamMember",
            "gcp:serviceaccount/iAMMember:IAMMember",
            "gcp:storage/bucketIAMMember:BucketIAMMember");

    /** Replaced by some changes and not by others, or by none that the provider could carry out. */
    static final Map<String, Set<String>> PERHAPS = Map.ofEntries(
            // Only what gets smaller.
            type("gcp:compute/subnetwork:Subnetwork", "ipCidrRange"),
            // Only what is switched off again.
            type("gcp:container/cluster:Cluster", "enableFqdnNetworkPolicy", "enableL4IlbSubsetting"),
            // Only a policy that is locked.
            type("gcp:storage/bucket:Bucket", "retentionPolicy"),
            // With all that it made.
            type("pulumi:providers:kubernetes", "renderYamlToDirectory"));

    private ReplacedInputs() {}

    private static Map.Entry<String, Set<String>> type(String type, String... inputs) {
        return Map.entry(type, Set.of(inputs));
    }
}
