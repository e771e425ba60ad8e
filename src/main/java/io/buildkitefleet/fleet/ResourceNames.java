package io.buildkitefleet.fleet;

import io.buildkitefleet.cloud.DeployerRole;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.images.Images;
import java.util.Locale;

/**
 * The names that something outside the program refers to, and that Google or Kubernetes may refuse.
 *
 * @param config whose names they are
 */
public record ResourceNames(FleetConfig config) {
    private static final String NAMESPACE_PREFIX = "buildkite-";

    /** The artifact bucket's name; bucket names are global, hence the project in it. */
    public String artifactBucket() {
        return config.project() + "-" + config.name() + "-artifacts";
    }

    /** What the names of the caches' buckets begin with. */
    public String cacheBucket() {
        return config.project() + "-" + config.name() + "-cache";
    }

    /** The bucket of a cache server. */
    public String cacheBucket(CacheServer.Kind kind) {
        return cacheBucket() + "-" + kind.id();
    }

    /** The id of the service account of a queue's jobs, inside the cluster or outside. */
    public String account(String queue) {
        return config.name() + "-" + queue;
    }

    /**
     * The address of a service account of the project:
     * https://cloud.google.com/iam/docs/service-account-types#user-managed
     *
     * @param account its id
     */
    public String accountEmail(String account) {
        return account + "@" + config.project() + ".iam.gserviceaccount.com";
    }

    /** The id of the service account of the nodes. */
    public String nodeAccount() {
        return account("node");
    }

    /** The id of the service account of the nodes whose jobs are untrusted; no longer than that of the other nodes. */
    public String untrustedNodeAccount() {
        return account("anon");
    }

    /** The id of the service account of a cache server. */
    public String cacheAccount(CacheServer.Kind kind) {
        return account("cache-" + kind.id());
    }

    /**
     * The id of the pool of identities of jobs outside the cluster. Google wants 4 to 32 characters that do not begin
     * with gcp-:
     * https://github.com/hashicorp/terraform-provider-google-beta/blob/main/google-beta/services/iambeta/resource_iam_workload_identity_pool_provider.go
     */
    public String identityPool() {
        return "agents-" + config.name();
    }

    /** The id of the service account of a deployer, which Google wants to have six characters at least. */
    public String deployerAccount(DeployerRole role) {
        return account(role == DeployerRole.UP ? "deployer" : Spelling.of(role));
    }

    /** The id of the pool of those who act as a deployer; the limits of the other pool hold. */
    public String deployerPool(DeployerRole role) {
        return Spelling.of(role) + "-" + config.name();
    }

    /**
     * The id of a deployer's role. Google wants 3 to 64 letters, digits, dots and underscores:
     * https://cloud.google.com/iam/docs/reference/rest/v1/projects.roles/create
     */
    public String deployerRole(DeployerRole role) {
        return roleId(Spelling.of(role));
    }

    /** The id of the role by which a deployer grants roles on the project. */
    public String deployerGrants() {
        return roleId("grants");
    }

    private String roleId(String what) {
        return config.name().replace('-', '_') + "_" + what;
    }

    /** The id of the repository of container images. */
    public String imageRepository() {
        return config.name() + "-images";
    }

    /** What the names of its images begin with. */
    public String imageRegistry() {
        return config.region() + "-docker.pkg.dev/" + config.project() + "/" + imageRepository();
    }

    /** Those of the chart and the images that the fleet runs of others. */
    public Images images() {
        return new Images(config.registryMirror(), imageRegistry());
    }

    /** The name in Secret Manager of the secret whose value stands under a key of the configuration. */
    public String secretId(String configKey) {
        return config.name() + "-"
                + configKey.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /**
     * The nodes of a pool proper; the longer form is that of pools that exist already, and another would replace them.
     */
    public static String nodes(String pool) {
        var usual = "pool-" + pool + "-nodes";
        return NodeGroup.fits(usual) ? usual : pool + "-pool";
    }

    /** The nodes that a pool falls back to. */
    public static String fallbackNodes(String pool) {
        var usual = "pool-" + pool + "-fallback-nodes";
        return NodeGroup.fits(usual) ? usual : pool + "-fallback";
    }

    /** The Kubernetes namespace of a queue. */
    public static String namespace(String queue) {
        return NAMESPACE_PREFIX + queue;
    }

    /** The Helm release of a queue; the chart names its objects and the stack after it. */
    public static String release(String queue) {
        return queue + "-agent-stack-k8s";
    }

    /**
     * Where a node keeps what the fleet has there. Below {@code /var}, which on GKE's nodes is writable and lasts as
     * long as the node: https://cloud.google.com/container-optimized-os/docs/concepts/disks-and-filesystem
     */
    public static final String NODE_DIRECTORIES = "/var/lib/buildkite-fleet/";

    /**
     * The same, where programs may run:
     * https://cloud.google.com/container-optimized-os/docs/concepts/disks-and-filesystem
     */
    public static final String NODE_PROGRAM_DIRECTORIES = "/var/lib/toolbox/buildkite-fleet/";

    /** Where a node keeps the git mirrors of a queue. */
    public static String gitMirror(String queue) {
        return NODE_DIRECTORIES + "git-mirrors/" + queue;
    }
}
