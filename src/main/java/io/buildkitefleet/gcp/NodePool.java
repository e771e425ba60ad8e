package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.container.NodePoolArgs;
import com.pulumi.gcp.container.inputs.NodePoolAutoscalingArgs;
import com.pulumi.gcp.container.inputs.NodePoolManagementArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigEphemeralStorageLocalSsdConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigGcfsConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigGuestAcceleratorArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigGuestAcceleratorGpuDriverInstallationConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigSandboxConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigShieldedInstanceConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigTaintArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigWorkloadMetadataConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolUpgradeSettingsArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of a pool: one GKE node pool, and one more for the on-demand nodes that it falls back to. Both bear the
 * pool's label and taint, so that its jobs run on either and nobody else's do.
 */
public final class NodePool extends FleetComponent {
    static final String IMAGE_TYPE = "COS_CONTAINERD";
    static final String METADATA_MODE = "GKE_METADATA";

    /** What the service account may do is bounded by IAM alone, as Google recommends. */
    static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

    private static final String TYPE = "buildkite-fleet:gcp:NodePool";

    /**
     * What a node pool is made of.
     *
     * @param nodes what the nodes run as
     * @param diskKey the id of the KMS key that encrypts their disks
     */
    public record Args(
            Cluster cluster, Pool pool, NodeIdentity nodes, Output<String> diskKey, Map<String, String> labels) {}

    public NodePool(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        for (var group : args.pool().groups()) {
            nodes(args, group);
        }
        registerOutputs(Map.of());
    }

    private void nodes(Args args, NodeGroup group) {
        var cluster = args.cluster();
        var nodes = NodePoolArgs.builder()
                .project(cluster.project())
                .cluster(cluster.name())
                .location(cluster.location())
                .initialNodeCount(group.startPerZone())
                .autoscaling(NodePoolAutoscalingArgs.builder()
                        .totalMinNodeCount(group.min())
                        .totalMaxNodeCount(group.max())
                        // Reclaimable nodes come from whichever zone has some.
                        .locationPolicy(group.capacity().isReclaimable() ? "ANY" : "BALANCED")
                        .build())
                .management(NodePoolManagementArgs.builder()
                        .autoRepair(true)
                        .autoUpgrade(true)
                        .build())
                .upgradeSettings(NodePoolUpgradeSettingsArgs.builder()
                        .strategy("SURGE")
                        .maxSurge(NodeGroup.SURGE)
                        .maxUnavailable(0)
                        .build())
                .nodeConfig(nodeConfig(args, group));
        if (!args.pool().config().zones().isEmpty()) {
            nodes.nodeLocations(args.pool().config().zones());
        }
        new GoogleNodePool(
                group.name(),
                GoogleNodePool.Inputs.respectingBudgets(nodes.build()),
                child().dependsOn(args.nodes())
                        // The autoscaler owns the number of nodes; a changed initial number would replace the pool.
                        .ignoreChanges("initialNodeCount")
                        .customTimeouts(GkeOperations.timeouts())
                        .build());
    }

    private static NodePoolNodeConfigArgs nodeConfig(Args args, NodeGroup group) {
        var pool = args.pool();
        var builder = NodePoolNodeConfigArgs.builder()
                .machineType(pool.machine().name())
                .preemptible(group.capacity() == Capacity.PREEMPTIBLE)
                .spot(group.capacity() == Capacity.SPOT)
                .diskSizeGb(pool.config().diskGb())
                .diskType(pool.diskType().apiName())
                .bootDiskKmsKey(args.diskKey())
                .imageType(IMAGE_TYPE)
                .serviceAccount(args.nodes().email())
                .oauthScopes(SCOPE)
                .labels(labels(pool, group))
                .resourceLabels(resourceLabels(args, pool))
                .metadata(Map.of("disable-legacy-endpoints", "true"))
                .workloadMetadataConfig(NodePoolNodeConfigWorkloadMetadataConfigArgs.builder()
                        .mode(METADATA_MODE)
                        .build())
                .shieldedInstanceConfig(NodePoolNodeConfigShieldedInstanceConfigArgs.builder()
                        .enableSecureBoot(true)
                        .enableIntegrityMonitoring(true)
                        .build())
                .gcfsConfig(NodePoolNodeConfigGcfsConfigArgs.builder()
                        .enabled(pool.imageStreaming())
                        .build());
        if (!pool.isSystem()) {
            builder.taints(taint(Pool.LABEL, pool.name()));
        }
        if (pool.config().sandbox() == Sandbox.GVISOR) {
            builder.sandboxConfig(NodePoolNodeConfigSandboxConfigArgs.builder()
                    .sandboxType("gvisor")
                    .build());
        }
        pool.config().accelerator().ifPresent(gpu -> builder.guestAccelerators(accelerators(gpu)));
        if (pool.localSsds() > 0) {
            builder.ephemeralStorageLocalSsdConfig(NodePoolNodeConfigEphemeralStorageLocalSsdConfigArgs.builder()
                    .localSsdCount(pool.localSsds())
                    .build());
        }
        return builder.build();
    }

    private static Map<String, String> labels(Pool pool, NodeGroup group) {
        return Map.of(Pool.LABEL, pool.name(), Pool.CAPACITY_LABEL, Spelling.of(group.capacity()));
    }

    /** Labels on the virtual machines, by which the bill can be split. */
    private static Map<String, String> resourceLabels(Args args, Pool pool) {
        var labels = new HashMap<>(args.labels());
        labels.put(Pool.RESOURCE_LABEL, pool.name());
        return labels;
    }

    private static NodePoolNodeConfigTaintArgs taint(String key, String value) {
        return NodePoolNodeConfigTaintArgs.builder()
                .key(key)
                .value(value)
                .effect("NO_SCHEDULE")
                .build();
    }

    private static List<NodePoolNodeConfigGuestAcceleratorArgs> accelerators(PoolConfig.Accelerator gpu) {
        return List.of(NodePoolNodeConfigGuestAcceleratorArgs.builder()
                .type(gpu.type())
                .count(gpu.count())
                .gpuDriverInstallationConfig(NodePoolNodeConfigGuestAcceleratorGpuDriverInstallationConfigArgs.builder()
                        .gpuDriverVersion("DEFAULT")
                        .build())
                .build());
    }
}
