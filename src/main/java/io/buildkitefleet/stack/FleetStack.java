package io.buildkitefleet.stack;

import com.pulumi.Context;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.Api;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Mac;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.SystemPool;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.gcp.ArtifactStore;
import io.buildkitefleet.gcp.Cluster;
import io.buildkitefleet.gcp.CommonArgs;
import io.buildkitefleet.gcp.DeployerIdentity;
import io.buildkitefleet.gcp.GoogleApi;
import io.buildkitefleet.gcp.IdentityPool;
import io.buildkitefleet.gcp.ImageRegistry;
import io.buildkitefleet.gcp.Keys;
import io.buildkitefleet.gcp.Network;
import io.buildkitefleet.gcp.NodeIdentity;
import io.buildkitefleet.gcp.NodePool;
import io.buildkitefleet.gcp.ProjectServices;
import io.buildkitefleet.gcp.RegistryMirrorAccess;
import io.buildkitefleet.gcp.SecretStore;
import io.buildkitefleet.kubernetes.KubernetesApi;
import io.buildkitefleet.kubernetes.mirrors.MirrorRefresh;
import io.buildkitefleet.mac.MacAgent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a stack is made of, in the order in which it comes to be. */
public final class FleetStack {
    private final ProgramConfig source;
    private final Fleet fleet;
    private final FleetConfig config;
    private final CommonArgs common;
    private final GoogleApi google;

    private FleetStack(ProgramConfig source, Fleet fleet) {
        this.source = source;
        this.fleet = fleet;
        this.config = fleet.config();
        this.common = CommonArgs.of(config);
        this.google = new GoogleApi(
                "google",
                source.googleSettings(),
                ComponentResourceOptions.builder().build());
    }

    /**
     * Registers the stack that the configuration describes, or nothing at all if it is wrong.
     *
     * @param environment that of the program, which nothing below here reads
     */
    public static void define(Context context, Map<String, String> environment) {
        var source = new ProgramConfig(context, environment);
        var fleet = FleetResolver.resolve(source);
        fleet.warnings().forEach(warning -> context.log().warn(warning.line()));
        if (fleet.isLocal()) {
            new LocalStack(source, fleet).register(context);
        } else {
            new FleetStack(source, fleet).register(context);
        }
    }

    private void register(Context context) {
        var services = new ProjectServices("services", config.project(), options());
        var network = network(services);
        var nodes = nodes(services);
        var untrustedNodes = untrustedNodes(services);
        var keys = keys(services);
        var cluster = cluster(services, network, keys, nodes);
        var pools = pools(cluster, nodes, untrustedNodes, keys);
        var identities = new StackIdentities(fleet, google, services, cluster, keys);
        var macs = macs(services);
        var images = images(services, keys, nodes, identities);
        var artifacts = artifacts(services, keys, identities, macs);
        var secrets = secrets(services, keys, identities);
        var mirror = registryMirror(services, nodes, untrustedNodes);
        var kubernetes = kubernetes(cluster, pools, mirror);
        var caches =
                fleet.caches().map(found -> new StackCaches(fleet, google, found, services, cluster, keys, identities));
        caches.ifPresent(found -> found.serve(kubernetes.inCluster()));
        var google = new StackQueues.InGoogleCloud(identities, images, artifacts, secrets, caches);
        new StackQueues(source, fleet, Optional.of(google)).register(kubernetes);
        mirrors(kubernetes, keys);
        var deployers = deployers(services);
        new StackOutputs(fleet).export(context, cluster, network, artifacts, images, macs, identities, deployers);
    }

    private Network network(ProjectServices services) {
        return new Network(
                "network", new Network.Args(services.projectWith(Api.COMPUTE), config.network(), common), options());
    }

    private NodeIdentity nodes(ProjectServices services) {
        return nodes(services, "nodes", fleet.names().nodeAccount(), "Buildkite fleet: nodes", fleet.trustedPools());
    }

    /** What the nodes run as whose jobs are untrusted, if there are some. */
    private Optional<NodeIdentity> untrustedNodes(ProjectServices services) {
        return Optional.of(fleet.untrustedPools())
                .filter(pools -> !pools.isEmpty())
                .map(pools -> nodes(
                        services,
                        "untrusted-nodes",
                        fleet.names().untrustedNodeAccount(),
                        "Buildkite fleet: untrusted nodes",
                        pools));
    }

    private NodeIdentity nodes(
            ProjectServices services, String name, String account, String purpose, List<Pool> pools) {
        return new NodeIdentity(
                name,
                NodeIdentity.Args.of(
                        services.projectWith(Api.IAM),
                        services.projectWith(Api.RESOURCE_MANAGER),
                        account,
                        purpose,
                        pools),
                options());
    }

    private Keys keys(ProjectServices services) {
        return new Keys(
                "keys",
                new Keys.Args(
                        services.projectWith(Api.CLOUD_KMS),
                        services.projectWith(Api.COMPUTE),
                        services.projectWith(Api.CONTAINER),
                        services.projectWith(Api.ARTIFACT_REGISTRY),
                        services.projectWith(Api.SECRET_MANAGER),
                        services.projectToAsk(Api.STORAGE),
                        fleet.bucketKeyLocations(),
                        common),
                options());
    }

    private Cluster cluster(ProjectServices services, Network network, Keys keys, NodeIdentity nodes) {
        return new Cluster("cluster", new Cluster.Args(services, fleet, network, keys, nodes), options());
    }

    private Map<String, NodePool> pools(
            Cluster cluster, NodeIdentity nodes, Optional<NodeIdentity> untrustedNodes, Keys keys) {
        var pools = new LinkedHashMap<String, NodePool>();
        var untrusted = fleet.untrustedPools();
        for (var pool : fleet.nodePools()) {
            var identity =
                    untrustedNodes.filter(own -> untrusted.contains(pool)).orElse(nodes);
            pools.put(
                    pool.name(),
                    new NodePool(
                            "pool-" + pool.name(),
                            new NodePool.Args(cluster, pool, identity, keys.disks(), config.labels()),
                            options()));
        }
        return pools;
    }

    /** The agents outside the cluster by their queue: one, or none. */
    private Map<String, MacAgent> macs(ProjectServices services) {
        var macs = new TreeMap<String, MacAgent>();
        fleet.mac().ifPresent(mac -> macs.put(mac.queue(), mac(services, mac)));
        return macs;
    }

    private MacAgent mac(ProjectServices services, Mac mac) {
        var pool = new IdentityPool(
                "agents",
                new IdentityPool.Args(
                        services.projectWith(Api.IAM),
                        fleet.names().identityPool(),
                        "Buildkite jobs",
                        "Jobs of agents outside the cluster, by their Buildkite tokens"),
                options());
        return new MacAgent(
                "mac",
                new MacAgent.Args(services.projectWith(Api.IAM), services.projectWith(Api.SECURITY_TOKEN), pool, mac),
                options());
    }

    private ImageRegistry images(ProjectServices services, Keys keys, NodeIdentity nodes, StackIdentities identities) {
        var writers = new TreeMap<String, Output<String>>();
        fleet.trustedQueues().stream()
                .filter(queue -> queue.can(Capability.DOCKER))
                .forEach(queue -> writers.put(queue.name(), identities.member(queue)));
        return new ImageRegistry(
                "images",
                new ImageRegistry.Args(
                        services.projectWith(Api.ARTIFACT_REGISTRY),
                        fleet.names().imageRepository(),
                        Queue.BUILD_CACHE,
                        keys.images(),
                        nodes.member(),
                        writers,
                        common),
                options());
    }

    private ArtifactStore artifacts(
            ProjectServices services, Keys keys, StackIdentities identities, Map<String, MacAgent> macs) {
        var writers = new ArrayList<ArtifactStore.Writer>();
        for (var queue : fleet.trustedQueues()) {
            writers.add(new ArtifactStore.Writer(queue.name(), queue.artifactPrefix(), identities.member(queue)));
        }
        fleet.mac()
                .ifPresent(mac -> writers.add(new ArtifactStore.Writer(
                        mac.queue(), mac.artifactPrefix(), macs.get(mac.queue()).member())));
        return new ArtifactStore(
                "artifacts",
                new ArtifactStore.Args(
                        services.projectWith(Api.STORAGE),
                        fleet.names().artifactBucket(),
                        config.artifacts().location(),
                        keys.buckets(fleet.artifactKeyLocation()),
                        config.artifacts().keepDays(),
                        writers,
                        common),
                options());
    }

    private SecretStore secrets(ProjectServices services, Keys keys, StackIdentities identities) {
        var entries = new ArrayList<SecretStore.Entry>();
        for (var key : config.secretKeys()) {
            var readers = new TreeMap<String, Output<String>>();
            fleet.queuesWith(key).forEach(queue -> readers.put(queue.name(), identities.member(queue)));
            fleet.macReaders(key)
                    .forEach(owner -> readers.put("mac-" + owner.replaceAll("[^A-Za-z0-9]+", "-"), Output.of(owner)));
            entries.add(new SecretStore.Entry(key, fleet.names().secretId(key), source.secret(key), readers));
        }
        return new SecretStore(
                "secrets",
                new SecretStore.Args(services.projectWith(Api.SECRET_MANAGER), keys.secrets(), entries, common),
                options());
    }

    /** What lets nodes read the registry that images are copied to, where Google has to be told. */
    private Optional<RegistryMirrorAccess> registryMirror(
            ProjectServices services, NodeIdentity nodes, Optional<NodeIdentity> untrustedNodes) {
        var readers = new TreeMap<String, Output<String>>();
        readers.put("nodes", nodes.member());
        untrustedNodes.ifPresent(own -> readers.put("untrusted-nodes", own.member()));
        return config.registryMirror()
                .flatMap(RegistryMirror::repository)
                .map(repository -> new RegistryMirrorAccess(
                        "registry-mirror",
                        new RegistryMirrorAccess.Args(
                                repository.project().equals(config.project())
                                        ? services.projectWith(Api.ARTIFACT_REGISTRY)
                                        : Output.of(repository.project()),
                                repository,
                                readers),
                        options()));
    }

    private KubernetesApi kubernetes(
            Cluster cluster, Map<String, NodePool> pools, Optional<RegistryMirrorAccess> mirror) {
        var needed = new ArrayList<Resource>();
        // The API of a zonal cluster may be away while a pool is made.
        needed.addAll(fleet.isZonal() ? pools.values() : List.of(pools.get(SystemPool.NAME)));
        mirror.ifPresent(needed::add);
        return new KubernetesApi(
                "kubernetes",
                new KubernetesApi.Args(
                        new KubernetesApi.Connection.Gke(
                                cluster.name(),
                                config.cluster().dnsEndpoint()
                                        ? KubernetesApi.Server.atName(cluster.dnsEndpoint())
                                        : KubernetesApi.Server.atAddress(cluster.endpoint(), cluster.authority()),
                                login()),
                        fleet.clusterIncarnation(),
                        needed),
                ComponentResourceOptions.builder().build());
    }

    /** As whom the provider of Google's half acts. */
    private KubernetesApi.Login login() {
        return Optional.ofNullable(source.googleSettings().get(GoogleSettings.IMPERSONATE))
                .map(KubernetesApi.Login::as)
                .orElseGet(KubernetesApi.Login::withDefaultCredentials);
    }

    private void mirrors(KubernetesApi kubernetes, Keys keys) {
        fleet.mirrorDisks()
                .ifPresent(disks -> new MirrorRefresh(
                        "mirrors",
                        disks,
                        config.region(),
                        keys.disks(),
                        config.network().controlPlane().toString(),
                        kubernetes.inCluster()));
    }

    /** By what they may do. An update that changes one is not for the deployer itself. */
    private Map<String, DeployerIdentity> deployers(ProjectServices services) {
        var deployers = new TreeMap<String, DeployerIdentity>();
        for (var deployer : fleet.deployers()) {
            var role = Spelling.of(deployer.role());
            deployers.put(
                    role,
                    new DeployerIdentity(
                            "deployer-" + role,
                            new DeployerIdentity.Args(
                                    services.projectWith(Api.IAM),
                                    services.projectWith(Api.RESOURCE_MANAGER),
                                    services.projectWith(Api.SECURITY_TOKEN),
                                    deployer),
                            options()));
        }
        return deployers;
    }

    private ComponentResourceOptions options() {
        return google.inGoogleCloud();
    }
}
