package io.buildkitefleet.rules;

/** The types of resources that rules look at. */
final class Types {
    static final String CLUSTER = "gcp:container/cluster:Cluster";
    static final String NODE_POOL = "gcp:container/nodePool:NodePool";
    static final String NETWORK = "gcp:compute/network:Network";
    static final String SUBNET = "gcp:compute/subnetwork:Subnetwork";
    static final String FIREWALL = "gcp:compute/firewall:Firewall";
    static final String BUCKET = "gcp:storage/bucket:Bucket";
    static final String BUCKET_MEMBER = "gcp:storage/bucketIAMMember:BucketIAMMember";
    static final String CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";
    static final String SECRET = "gcp:secretmanager/secret:Secret";
    static final String SECRET_VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
    static final String ACCOUNT = "gcp:serviceaccount/account:Account";
    static final String ACCOUNT_MEMBER = "gcp:serviceaccount/iAMMember:IAMMember";
    static final String REPOSITORY = "gcp:artifactregistry/repository:Repository";
    static final String REPOSITORY_MEMBER = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
    static final String SERVICE = "gcp:projects/service:Service";
    static final String NAMESPACE = "kubernetes:core/v1:Namespace";
    static final String KUBERNETES_SECRET = "kubernetes:core/v1:Secret";
    static final String SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount";
    static final String RESOURCE_QUOTA = "kubernetes:core/v1:ResourceQuota";
    static final String NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    static final String RELEASE = "kubernetes:helm.sh/v3:Release";
    static final String RBAC = "kubernetes:rbac.authorization.k8s.io/";

    private Types() {}
}
