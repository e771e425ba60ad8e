package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.gcp.container.NodePoolArgs;
import com.pulumi.gcp.container.inputs.NodePoolAutoscalingArgs;
import com.pulumi.gcp.container.inputs.NodePoolManagementArgs;
import com.pulumi.gcp.container.inputs.NodePoolNetworkConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolNodeConfigArgs;
import com.pulumi.gcp.container.inputs.NodePoolPlacementPolicyArgs;
import com.pulumi.gcp.container.inputs.NodePoolUpgradeSettingsArgs;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;

/**
 * Nodes of GKE, which may have what the SDK's class of them lacks. Its type is Google's own, and what that class knows
 * is taken from there.
 */
final class GoogleNodePool extends CustomResource {
    private static final String TYPE = "gcp:container/nodePool:NodePool";

    GoogleNodePool(String name, Inputs inputs, CustomResourceOptions options) {
        super(TYPE, name, inputs, options);
    }

    /** What nodes are made of. */
    static final class Inputs extends ResourceArgs {
        @Import(name = "autoscaling")
        private final Output<NodePoolAutoscalingArgs> autoscaling;

        @Import(name = "cluster", required = true)
        private final Output<String> cluster;

        @Import(name = "initialNodeCount")
        private final Output<Integer> initialNodeCount;

        @Import(name = "location")
        private final Output<String> location;

        @Import(name = "management")
        private final Output<NodePoolManagementArgs> management;

        @Import(name = "maxPodsPerNode")
        private final Output<Integer> maxPodsPerNode;

        @Import(name = "name")
        private final Output<String> name;

        @Import(name = "namePrefix")
        private final Output<String> namePrefix;

        @Import(name = "networkConfig")
        private final Output<NodePoolNetworkConfigArgs> networkConfig;

        @Import(name = "nodeConfig")
        private final Output<NodePoolNodeConfigArgs> nodeConfig;

        @Import(name = "nodeCount")
        private final Output<Integer> nodeCount;

        @Import(name = "nodeLocations")
        private final Output<List<String>> nodeLocations;

        @Import(name = "placementPolicy")
        private final Output<NodePoolPlacementPolicyArgs> placementPolicy;

        @Import(name = "project")
        private final Output<String> project;

        @Import(name = "upgradeSettings")
        private final Output<NodePoolUpgradeSettingsArgs> upgradeSettings;

        @Import(name = "version")
        private final Output<String> version;

        @Import(name = "nodeDrainConfigs")
        private final Output<List<NodeDrainConfig>> nodeDrainConfigs;

        private Inputs(NodePoolArgs sdk, NodeDrainConfig drain) {
            autoscaling = sdk.autoscaling().orElse(null);
            cluster = sdk.cluster();
            initialNodeCount = sdk.initialNodeCount().orElse(null);
            location = sdk.location().orElse(null);
            management = sdk.management().orElse(null);
            maxPodsPerNode = sdk.maxPodsPerNode().orElse(null);
            name = sdk.name().orElse(null);
            namePrefix = sdk.namePrefix().orElse(null);
            networkConfig = sdk.networkConfig().orElse(null);
            nodeConfig = sdk.nodeConfig().orElse(null);
            nodeCount = sdk.nodeCount().orElse(null);
            nodeLocations = sdk.nodeLocations().orElse(null);
            placementPolicy = sdk.placementPolicy().orElse(null);
            project = sdk.project().orElse(null);
            upgradeSettings = sdk.upgradeSettings().orElse(null);
            version = sdk.version().orElse(null);
            nodeDrainConfigs = Output.of(List.of(drain));
        }

        /**
         * Whoever deletes the nodes waits for the disruption budgets of their pods, which GKE does not do by itself.
         */
        static Inputs respectingBudgets(NodePoolArgs sdk) {
            return new Inputs(sdk, new NodeDrainConfig(true));
        }
    }

    /**
     * https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters.nodePools#NodeDrainConfig
     */
    private static final class NodeDrainConfig extends ResourceArgs {
        @Import(name = "respectPdbDuringNodePoolDeletion")
        private final Output<Boolean> respectPdbDuringNodePoolDeletion;

        private NodeDrainConfig(boolean respectBudgets) {
            respectPdbDuringNodePoolDeletion = Output.of(respectBudgets);
        }
    }
}
