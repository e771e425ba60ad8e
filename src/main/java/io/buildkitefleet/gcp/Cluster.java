package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.container.ClusterArgs;
import com.pulumi.gcp.container.inputs.ClusterAddonsConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterAddonsConfigDnsCacheConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterAddonsConfigGcePersistentDiskCsiDriverConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterAddonsConfigHttpLoadBalancingArgs;
import com.pulumi.gcp.container.inputs.ClusterAuthenticatorGroupsConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterBinaryAuthorizationArgs;
import com.pulumi.gcp.container.inputs.ClusterClusterAutoscalingArgs;
import com.pulumi.gcp.container.inputs.ClusterCostManagementConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterDatabaseEncryptionArgs;
import com.pulumi.gcp.container.inputs.ClusterIpAllocationPolicyArgs;
import com.pulumi.gcp.container.inputs.ClusterLoggingConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterMasterAuthArgs;
import com.pulumi.gcp.container.inputs.ClusterMasterAuthClientCertificateConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterMasterAuthorizedNetworksConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterMasterAuthorizedNetworksConfigCidrBlockArgs;
import com.pulumi.gcp.container.inputs.ClusterMonitoringConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterMonitoringConfigManagedPrometheusArgs;
import com.pulumi.gcp.container.inputs.ClusterNetworkPolicyArgs;
import com.pulumi.gcp.container.inputs.ClusterNodeConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterNodeConfigShieldedInstanceConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterNodeConfigWorkloadMetadataConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterPrivateClusterConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterReleaseChannelArgs;
import com.pulumi.gcp.container.inputs.ClusterSecurityPostureConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterServiceExternalIpsConfigArgs;
import com.pulumi.gcp.container.inputs.ClusterWorkloadIdentityConfigArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.config.ClusterConfig;
import io.buildkitefleet.fleet.Api;
import io.buildkitefleet.fleet.Fleet;
import java.util.List;
import java.util.Map;

/**
 * The GKE cluster: private nodes, an API that only named networks reach, no long-lived credential, Secrets encrypted
 * with the fleet's own key. Its settings follow the hardening guide,
 * https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster
 */
public final class Cluster extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:Cluster";

    /**
     * What a cluster is made of.
     *
     * @param nodes what its nodes run as
     */
    public record Args(ProjectServices services, Fleet fleet, Network network, Keys keys, NodeIdentity nodes) {}

    private final GoogleCluster cluster;

    public Cluster(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        cluster = new GoogleCluster(
                name + "-gke",
                inputs(args),
                child().protect(args.fleet().config().protect())
                        // All of each: GKE needs APIs, grants and ways out that no input of the cluster names.
                        .dependsOn(args.services(), args.network(), args.keys(), args.nodes())
                        // The default pool goes at once, and what it was made of must not replace the cluster.
                        .ignoreChanges("initialNodeCount", "nodeConfig")
                        .customTimeouts(GkeOperations.timeouts())
                        .build());
        registerOutputs(Map.of("name", name(), "endpoint", endpoint()));
    }

    public Output<String> name() {
        return cluster.name();
    }

    Output<String> project() {
        return cluster.project();
    }

    Output<String> location() {
        return cluster.location();
    }

    /** The address of the Kubernetes API. */
    public Output<String> endpoint() {
        return cluster.endpoint();
    }

    /** The name of the Kubernetes API, where the fleet has one. */
    public Output<String> dnsEndpoint() {
        return cluster.dnsEndpoint();
    }

    /** The certificate of the Kubernetes API's authority, as base64 of PEM. */
    public Output<String> authority() {
        return cluster.authority();
    }

    /** The pool of Workload Identity, known once the cluster has made it. */
    public Output<String> workloadPool() {
        return cluster.workloadPool();
    }

    private static GoogleCluster.Inputs inputs(Args args) {
        return args.fleet().config().cluster().dnsEndpoint()
                ? GoogleCluster.Inputs.reachedByName(clusterArgs(args))
                : GoogleCluster.Inputs.reachedByAddress(clusterArgs(args));
    }

    private static ClusterArgs clusterArgs(Args args) {
        var fleet = args.fleet();
        var config = fleet.config();
        var builder = ClusterArgs.builder()
                .project(args.services().projectWith(Api.CONTAINER))
                .name(fleet.clusterName())
                .location(fleet.location())
                .resourceLabels(config.labels())
                .deletionProtection(config.protect())
                .releaseChannel(ClusterReleaseChannelArgs.builder()
                        .channel(config.cluster().releaseChannel().name())
                        .build())
                .maintenancePolicy(Maintenance.policy(config.cluster().maintenance()));
        config.cluster().version().ifPresent(builder::minMasterVersion);
        if (!fleet.isZonal() && !config.zones().isEmpty()) {
            builder.nodeLocations(config.zones());
        }
        network(builder, args);
        access(builder, args);
        nodes(builder, args);
        observation(builder);
        return builder.build();
    }

    private static void network(ClusterArgs.Builder builder, Args args) {
        var config = args.fleet().config();
        builder.network(args.network().networkLink())
                .subnetwork(args.network().subnetLink())
                .networkingMode("VPC_NATIVE")
                .datapathProvider("ADVANCED_DATAPATH")
                // Dataplane V2 enforces policies itself and refuses Calico, which this block would be about.
                .networkPolicy(ClusterNetworkPolicyArgs.builder().enabled(false).build())
                .enableIntranodeVisibility(true)
                // GKE makes newer clusters so, and a cluster that has it is replaced where it is not said.
                .enableL4IlbSubsetting(true)
                .ipAllocationPolicy(ClusterIpAllocationPolicyArgs.builder()
                        .clusterSecondaryRangeName(Network.POD_RANGE)
                        .servicesSecondaryRangeName(Network.SERVICE_RANGE)
                        .build())
                .privateClusterConfig(ClusterPrivateClusterConfigArgs.builder()
                        .enablePrivateNodes(true)
                        .enablePrivateEndpoint(config.cluster().privateEndpoint())
                        .masterIpv4CidrBlock(config.network().controlPlane().toString())
                        .build())
                .masterAuthorizedNetworksConfig(authorizedNetworks(config.cluster()))
                .serviceExternalIpsConfig(ClusterServiceExternalIpsConfigArgs.builder()
                        .enabled(false)
                        .build())
                .addonsConfig(ClusterAddonsConfigArgs.builder()
                        .dnsCacheConfig(ClusterAddonsConfigDnsCacheConfigArgs.builder()
                                .enabled(true)
                                .build())
                        .gcePersistentDiskCsiDriverConfig(
                                ClusterAddonsConfigGcePersistentDiskCsiDriverConfigArgs.builder()
                                        .enabled(true)
                                        .build())
                        .httpLoadBalancing(ClusterAddonsConfigHttpLoadBalancingArgs.builder()
                                .disabled(true)
                                .build())
                        .build());
    }

    private static ClusterMasterAuthorizedNetworksConfigArgs authorizedNetworks(ClusterConfig config) {
        return ClusterMasterAuthorizedNetworksConfigArgs.builder()
                .gcpPublicCidrsAccessEnabled(false)
                .cidrBlocks(config.authorizedNetworks().stream()
                        .map(network -> ClusterMasterAuthorizedNetworksConfigCidrBlockArgs.builder()
                                .cidrBlock(network.cidr().toString())
                                .displayName(network.name())
                                .build())
                        .toList())
                .build();
    }

    private static void access(ClusterArgs.Builder builder, Args args) {
        builder.enableLegacyAbac(false)
                .enableShieldedNodes(true)
                .masterAuth(ClusterMasterAuthArgs.builder()
                        .clientCertificateConfig(ClusterMasterAuthClientCertificateConfigArgs.builder()
                                .issueClientCertificate(false)
                                .build())
                        .build())
                .workloadIdentityConfig(ClusterWorkloadIdentityConfigArgs.builder()
                        .workloadPool(args.fleet().workloadPool())
                        .build())
                .databaseEncryption(ClusterDatabaseEncryptionArgs.builder()
                        .state("ENCRYPTED")
                        .keyName(args.keys().cluster())
                        .build())
                .binaryAuthorization(ClusterBinaryAuthorizationArgs.builder()
                        .evaluationMode("PROJECT_SINGLETON_POLICY_ENFORCE")
                        .build())
                .securityPostureConfig(
                        ClusterSecurityPostureConfigArgs.builder().mode("BASIC").build());
        args.fleet()
                .config()
                .cluster()
                .securityGroup()
                .ifPresent(group -> builder.authenticatorGroupsConfig(ClusterAuthenticatorGroupsConfigArgs.builder()
                        .securityGroup(group)
                        .build()));
    }

    /** GKE makes a cluster with a pool, which goes at once; it is made as strictly as those that stay. */
    private static void nodes(ClusterArgs.Builder builder, Args args) {
        builder.removeDefaultNodePool(true)
                .initialNodeCount(1)
                .nodeConfig(ClusterNodeConfigArgs.builder()
                        .serviceAccount(args.nodes().email())
                        .imageType(NodePool.IMAGE_TYPE)
                        .bootDiskKmsKey(args.keys().disks())
                        .oauthScopes(List.of(NodePool.SCOPE))
                        .workloadMetadataConfig(ClusterNodeConfigWorkloadMetadataConfigArgs.builder()
                                .mode(NodePool.METADATA_MODE)
                                .build())
                        .shieldedInstanceConfig(ClusterNodeConfigShieldedInstanceConfigArgs.builder()
                                .enableSecureBoot(true)
                                .enableIntegrityMonitoring(true)
                                .build())
                        .build())
                // No node auto-provisioning; the profile takes idle nodes away sooner and packs pods closer.
                .clusterAutoscaling(ClusterClusterAutoscalingArgs.builder()
                        .enabled(false)
                        .autoscalingProfile("OPTIMIZE_UTILIZATION")
                        .build());
    }

    private static void observation(ClusterArgs.Builder builder) {
        builder.loggingConfig(ClusterLoggingConfigArgs.builder()
                        .enableComponents("SYSTEM_COMPONENTS", "WORKLOADS")
                        .build())
                .monitoringConfig(ClusterMonitoringConfigArgs.builder()
                        .enableComponents("SYSTEM_COMPONENTS")
                        .managedPrometheus(ClusterMonitoringConfigManagedPrometheusArgs.builder()
                                .enabled(true)
                                .build())
                        .build())
                .costManagementConfig(
                        ClusterCostManagementConfigArgs.builder().enabled(true).build());
    }
}
