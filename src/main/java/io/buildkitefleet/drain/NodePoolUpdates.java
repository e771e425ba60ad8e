package io.buildkitefleet.drain;

import java.util.Collection;
import java.util.List;

/**
 * Which updates of a node pool make its nodes anew, though the pool stays. Google has no list of all inputs, so each is
 * taken for one that does unless it is known not to.
 */
final class NodePoolUpdates {
    private static final List<String> NODES_STAY = List.of(
            // What GKE does with nodes later; the provider sets each by a call of its own:
            // https://github.com/hashicorp/terraform-provider-google-beta/blob/v7.45.0/google-beta/services/container/resource_container_node_pool.go
            "autoscaling",
            "management",
            "upgradeSettings",
            "nodeDrainConfigs",
            "initialNodeCount",
            // https://cloud.google.com/kubernetes-engine/docs/how-to/update-existing-nodepools: "without re-creating
            // the
            // node pool and disrupting running workloads".
            "nodeConfig.labels",
            "nodeConfig.taints",
            "nodeConfig.tags");

    private NodePoolUpdates() {}

    /** @param changed paths of inputs, such as {@code nodeConfig.machineType} */
    static List<String> thatRenewNodes(Collection<String> changed) {
        return InputPaths.outside(changed, NODES_STAY);
    }
}
