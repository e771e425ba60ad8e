package io.buildkitefleet.fleet;

import io.buildkitefleet.cloud.Architecture;
import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.config.value.Sandbox;
import java.util.List;
import java.util.Optional;

/**
 * Nodes of one kind that jobs may be sent to.
 *
 * @param config what a person wrote of it; the fleet's own pool has what a person would have
 * @param groups the pool proper and, if it falls back, its on-demand sibling; a node of either serves the pool's jobs
 * @param diskType of the boot disk
 * @param localSsds local SSDs of a node, the machine's own or added ones
 * @param imageStreaming whether nodes start containers before their images are complete
 * @param allocatable what a node leaves for pods
 * @param system what GKE's own pods ask for on a node
 */
public record Pool(
        String name,
        PoolConfig config,
        MachineType machine,
        List<NodeGroup> groups,
        DiskType diskType,
        int localSsds,
        boolean imageStreaming,
        Allocatable allocatable,
        Resources system) {
    /** The label and the taint of a pool's nodes; its value is the pool's name. */
    public static final String LABEL = "buildkite-fleet/pool";

    /** The label that tells the nodes of a pool proper from those of its fallback. */
    public static final String CAPACITY_LABEL = "buildkite-fleet/capacity";

    /** The label of a pool's virtual machines, by which the bill can be split; its value is the pool's name. */
    public static final String RESOURCE_LABEL = "buildkite-pool";

    /** The part of a node's disk that is kept for images and logs. */
    private static final double IMAGE_SHARE = 0.25;

    public Pool {
        groups = List.copyOf(groups);
    }

    /** Whether it holds GKE's own pods and the controllers instead of jobs. */
    public boolean isSystem() {
        return name.equals(SystemPool.NAME);
    }

    /** The pool proper. */
    public NodeGroup primary() {
        return groups.get(0);
    }

    public Optional<NodeGroup> fallback() {
        return groups.stream().skip(1).findFirst();
    }

    /**
     * Whether GKE keeps everything off its nodes that does not say that it runs on ARM:
     * https://cloud.google.com/kubernetes-engine/docs/how-to/prepare-arm-workloads-for-deployment. What is not known
     * may be so.
     */
    public boolean isArmTainted() {
        return machine.architecture().filter(Architecture.AMD64::equals).isEmpty();
    }

    /** What a node has for jobs: what it leaves for pods, less GKE's own. */
    public Resources forJobs() {
        return allocatable.resources().minus(system);
    }

    /** How many pods of jobs a node may have beside GKE's own. */
    public int podsForJobs() {
        return Limit.PODS_OF_NODE.most() - systemPods();
    }

    /** How many pods GKE itself has on a node. */
    public int systemPods() {
        return SystemPods.countOnNode(config.accelerator().isPresent(), config.sandbox() == Sandbox.GVISOR);
    }

    /** Disk that a node has for jobs. */
    public Memory diskForJobs() {
        return new Memory((long) (allocatable.disk().mebibytes() * (1 - IMAGE_SHARE)));
    }
}
