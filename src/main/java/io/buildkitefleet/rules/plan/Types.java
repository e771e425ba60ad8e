package io.buildkitefleet.rules.plan;

/** The types of resources that rules look at. */
public final class Types {
    public static final String CLUSTER = "gcp:container/cluster:Cluster";
    public static final String NODE_POOL = "gcp:container/nodePool:NodePool";
    public static final String NETWORK = "gcp:compute/network:Network";
    public static final String SUBNET = "gcp:compute/subnetwork:Subnetwork";
    public static final String FIREWALL = "gcp:compute/firewall:Firewall";
    public static final String BUCKET = "gcp:storage/bucket:Bucket";
    public static final String BUCKET_MEMBER = "gcp:storage/bucketIAMMember:BucketIAMMember";
    public static final String CRYPTO_KEY = "gcp:kms/cryptoKey:CryptoKey";
    public static final String SECRET = "gcp:secretmanager/secret:Secret";
    public static final String SECRET_VERSION = "gcp:secretmanager/secretVersion:SecretVersion";
    public static final String ACCOUNT = "gcp:serviceaccount/account:Account";
    public static final String ACCOUNT_MEMBER = "gcp:serviceaccount/iAMMember:IAMMember";
    public static final String REPOSITORY = "gcp:artifactregistry/repository:Repository";
    public static final String REPOSITORY_MEMBER = "gcp:artifactregistry/repositoryIamMember:RepositoryIamMember";
    public static final String SERVICE = "gcp:projects/service:Service";
    public static final String NAMESPACE = "kubernetes:core/v1:Namespace";
    public static final String KUBERNETES_SECRET = "kubernetes:core/v1:Secret";
    public static final String SERVICE_ACCOUNT = "kubernetes:core/v1:ServiceAccount";
    public static final String RESOURCE_QUOTA = "kubernetes:core/v1:ResourceQuota";
    public static final String NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    public static final String RELEASE = "kubernetes:helm.sh/v3:Release";
    public static final String RBAC = "kubernetes:rbac.authorization.k8s.io/";

    private Types() {}
}
