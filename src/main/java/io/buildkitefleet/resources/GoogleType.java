package io.buildkitefleet.resources;

/** Google Cloud's types that the program registers. */
public enum GoogleType implements ResourceType {
    REPOSITORY(Entry.of("gcp:artifactregistry/repository:Repository", "google_artifact_registry_repository")
            .loses("its images are deleted")
            .shows("format", "location")),
    REPOSITORY_MEMBER(Entry.of(
                    "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember",
                    "google_artifact_registry_repository_iam_member")
            .shows("role", "member")),
    ADDRESS(Entry.of("gcp:compute/address:Address", "google_compute_address")),
    FIREWALL(Entry.of("gcp:compute/firewall:Firewall", "google_compute_firewall")
            .shows("direction", "sourceRanges", "denies.protocol")),
    NETWORK(Entry.of("gcp:compute/network:Network", "google_compute_network")),
    ROUTER(Entry.of("gcp:compute/router:Router", "google_compute_router")),
    ROUTER_NAT(Entry.of("gcp:compute/routerNat:RouterNat", "google_compute_router_nat")
            .shows("minPortsPerVm", "maxPortsPerVm")),
    SUBNET(Entry.of("gcp:compute/subnetwork:Subnetwork", "google_compute_subnetwork")
            .shows("region", "ipCidrRange")
            // Only what gets smaller.
            .perhapsReplacedBy(code("compute/resource_compute_subnetwork.go#L512"), "ipCidrRange")),
    CLUSTER(Entry.of("gcp:container/cluster:Cluster", "google_container_cluster")
            .loses("everything that runs in the cluster stops, every queue with it")
            .shows("name", "location", "releaseChannel.channel", "privateClusterConfig.enablePrivateNodes")
            // Only what is switched off again.
            .perhapsReplacedBy(code("container/resource_container_cluster.go#L259"), "enableL4IlbSubsetting")
            .perhapsReplacedBy(code("container/resource_container_cluster.go#L260"), "enableFqdnNetworkPolicy")
            // Only in Autopilot.
            .perhapsReplacedBy(
                    code("container/resource_container_cluster.go#L9105"), "dnsConfig.additiveVpcScopeDnsDomain")
            // Only one that is taken away.
            .perhapsReplacedBy(code("container/resource_container_cluster.go#L9301"), "enableK8sBetaApis.enabledApis")),
    NODE_POOL(Entry.of("gcp:container/nodePool:NodePool", "google_container_node_pool")
            .loses("the jobs on its nodes are stopped")
            .shows(
                    "nodeConfig.machineType",
                    "nodeConfig.preemptible",
                    "nodeConfig.spot",
                    "autoscaling.totalMinNodeCount",
                    "autoscaling.totalMaxNodeCount",
                    "nodeConfig.sandboxConfig.sandboxType")),
    IDENTITY_POOL(Entry.of("gcp:iam/workloadIdentityPool:WorkloadIdentityPool", "google_iam_workload_identity_pool")
            .loses("jobs outside the cluster are nobody, and Google keeps the pool's id for 30 days")
            .shows("workloadIdentityPoolId")),
    TOKEN_PROVIDER(Entry.of(
                    "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
                    "google_iam_workload_identity_pool_provider")
            .shows("oidc.issuerUri", "attributeCondition")),
    CRYPTO_KEY(Entry.of("gcp:kms/cryptoKey:CryptoKey", "google_kms_crypto_key")
            .loses("what it encrypted cannot be read again")
            .shows("rotationPeriod")),
    CRYPTO_KEY_MEMBER(Entry.of("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "google_kms_crypto_key_iam_member")
            .shows("role")),
    CRYPTO_KEY_VERSION(Entry.of("gcp:kms/cryptoKeyVersion:CryptoKeyVersion", "google_kms_crypto_key_version")
            .loses("what it encrypted cannot be read again")),
    KEY_RING(Entry.of("gcp:kms/keyRing:KeyRing", "google_kms_key_ring")
            .loses("what its keys encrypted cannot be read again")),
    PROJECT_ROLE(Entry.of("gcp:projects/iAMCustomRole:IAMCustomRole", "google_project_iam_custom_role")
            .loses("who has it may do nothing, and Google may keep its id for 37 days")
            .shows("roleId", "permissions")),
    PROJECT_MEMBER(Entry.of("gcp:projects/iAMMember:IAMMember", "google_project_iam_member")
            .shows("role", "member")),
    SERVICE(Entry.of("gcp:projects/service:Service", "google_project_service").shows("service")),
    SERVICE_IDENTITY(Entry.of("gcp:projects/serviceIdentity:ServiceIdentity", "google_project_service_identity")
            .shows("service")),
    SECRET(Entry.of("gcp:secretmanager/secret:Secret", "google_secret_manager_secret")
            .loses("its versions are deleted")
            .shows("secretId")),
    SECRET_MEMBER(
            Entry.of("gcp:secretmanager/secretIamMember:SecretIamMember", "google_secret_manager_secret_iam_member")
                    .shows("role", "member")),
    SECRET_VERSION(Entry.of("gcp:secretmanager/secretVersion:SecretVersion", "google_secret_manager_secret_version")),
    ACCOUNT(Entry.of("gcp:serviceaccount/account:Account", "google_service_account")
            .shows("accountId")),
    ACCOUNT_MEMBER(Entry.of("gcp:serviceaccount/iAMMember:IAMMember", "google_service_account_iam_member")
            .shows("role", "member")),
    BUCKET(Entry.of("gcp:storage/bucket:Bucket", "google_storage_bucket")
            .loses("its artifacts are deleted")
            .shows("name", "location", "publicAccessPrevention")
            // Only a lock that is taken off.
            .perhapsReplacedBy(code("storage/resource_storage_bucket.go#L80"), "retentionPolicy.isLocked")),
    BUCKET_MEMBER(Entry.of("gcp:storage/bucketIAMMember:BucketIAMMember", "google_storage_bucket_iam_member")
            .shows("role", "member", "condition.title"));

    private final Entry entry;

    GoogleType(Entry entry) {
        this.entry = entry;
    }

    @Override
    public Entry entry() {
        return entry;
    }

    /** What the provider decides in its code, so that it does not stand in its list of fields. */
    private static String code(String place) {
        return "https://github.com/hashicorp/terraform-provider-google-beta/blob/v7.45.0/google-beta/services/" + place;
    }
}
