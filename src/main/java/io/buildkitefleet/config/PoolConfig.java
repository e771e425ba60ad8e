package io.buildkitefleet.config;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Notations;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Fallback;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.config.value.Sandbox;
import java.util.List;
import java.util.Optional;

/**
 * A pool of nodes for jobs.
 *
 * @param machineType Google's name, such as {@code n1-standard-8}
 * @param size of a machine type that the fleet does not know
 * @param zones the zones of its nodes: none for those of the cluster
 * @param min fewest nodes, in total
 * @param max most nodes, in total
 * @param diskGb size of a node's boot disk in GB
 * @param diskType of the boot disk; empty: as the machine has it
 * @param imageStreaming whether nodes start containers before their images are complete; empty: as the node's size
 *     suggests
 * @param localSsds local SSDs of 375 GiB of a node, on which its pods and images are then; 0 for the boot disk
 * @param shared whether a queue with a Docker daemon may have other queues on its nodes
 * @param load how much work it has
 */
public record PoolConfig(
        String machineType,
        Optional<Size> size,
        Capacity capacity,
        Fallback fallback,
        List<String> zones,
        int min,
        int max,
        int diskGb,
        Optional<DiskType> diskType,
        Sandbox sandbox,
        Optional<Boolean> imageStreaming,
        Optional<Accelerator> accelerator,
        int localSsds,
        boolean shared,
        LoadConfig load) {
    /** @param load the fleet's, where the pool does not say otherwise */
    static PoolConfig read(Section in, LoadConfig load) {
        var machineType = in.field("machineType", "Machine type of the nodes")
                .text(Forms.MACHINE_TYPE, "a machine type such as n1-standard-8")
                .required();
        var size = in.optionalSection("size", Size::read);
        var capacity = in.field("capacity", "How Google provides the nodes")
                .choice(Capacity.class)
                .orElse(Capacity.SPOT);
        return new PoolConfig(
                machineType,
                size,
                capacity,
                in.field("fallback", "What to do when Google has no reclaimable node to give")
                        .choice(Fallback.class)
                        .orElse(
                                capacity.isReclaimable() ? Fallback.ON_DEMAND : Fallback.NONE,
                                "`on-demand`, or `none` for a pool that is on-demand itself"),
                in.field("zones", "Zones of the nodes, where not every zone of the cluster has the machines or GPUs")
                        .texts(Notations.ZONE, "a zone of the region, such as us-west1-a")
                        .orElse(List.of(), "the cluster's"),
                in.field(
                                "min",
                                "Fewest nodes, in total over all zones; a new pool begins with them, in each zone its share rounded up")
                        .integer(0, Limit.NODES_OF_CLUSTER.most())
                        .orElse(0),
                in.field("max", "Most nodes, in total over all zones; 1000 in each at most")
                        .integer(1, Limit.NODES_OF_CLUSTER.most())
                        .required(),
                in.field("diskGb", "Size of a node's boot disk in GB; about a third of the default is left for jobs")
                        .integer(50, Limit.PERSISTENT_DISK.most())
                        .orElse(100),
                in.field("diskType", "Kind of the boot disk")
                        .choice(DiskType.class)
                        .optional("`pd-balanced`, or `hyperdisk-balanced` for machines that boot from nothing else"),
                in.field("sandbox", "What stands between a job and the node's kernel")
                        .choice(Sandbox.class)
                        .orElse(Sandbox.NONE),
                in.field("imageStreaming", "Start containers before their images have arrived whole")
                        .flag()
                        .optional("`true` on nodes of 8 GiB and more without a sandbox"),
                in.optionalSection("accelerator", Accelerator::read),
                in.field(
                                "localSsds",
                                "Local SSDs of a node, 375 GiB each, for what jobs write and for images; a machine type that ends in `-lssd` has its own")
                        .integer(0, 24)
                        .orElse(0),
                in.field(
                                "shared",
                                "Accept other queues beside one with a Docker daemon, which owns the nodes and what is on them")
                        .flag()
                        .orElse(false),
                in.section("load", own -> LoadConfig.read(own, load)));
    }

    /** A pool of the fleet's own, which nobody writes: on-demand nodes with whatever is plain. */
    public static PoolConfig ofFleet(String machineType, int min, int max, int diskGb, LoadConfig load) {
        return new PoolConfig(
                machineType,
                Optional.empty(),
                Capacity.ON_DEMAND,
                Fallback.NONE,
                List.of(),
                min,
                max,
                diskGb,
                Optional.empty(),
                Sandbox.NONE,
                Optional.of(false),
                Optional.empty(),
                0,
                false,
                load);
    }

    /** Whether on-demand nodes serve its jobs when Google has no others. */
    public boolean fallsBack() {
        return fallback == Fallback.ON_DEMAND && capacity.isReclaimable();
    }

    /** The same pool of other machines. */
    public PoolConfig withMachineType(String other) {
        return new PoolConfig(
                other,
                Optional.empty(),
                capacity,
                fallback,
                zones,
                min,
                max,
                diskGb,
                diskType,
                sandbox,
                imageStreaming,
                accelerator,
                localSsds,
                shared,
                load);
    }

    /** What a machine has whose name does not say it. */
    public record Size(int vcpus, Memory memory) {
        private static Size read(Section in) {
            return new Size(
                    in.field("vcpus", "vCPUs of a machine type that the fleet does not know")
                            .integer(1, 1000)
                            .required(),
                    in.field("memory", "Memory of a machine type that the fleet does not know")
                            .parsed("memory such as 512Mi or 4Gi", new Memory(1), Memory.NOTATION_OF_SIZE)
                            .required());
        }
    }

    /**
     * The GPUs of a node.
     *
     * @param type Google's name, such as {@code nvidia-tesla-t4}
     */
    public record Accelerator(String type, int count) {
        private static Accelerator read(Section in) {
            return new Accelerator(
                    in.field("type", "Kind of GPU")
                            .text(Forms.MACHINE_TYPE, "a GPU such as nvidia-tesla-t4")
                            .required(),
                    in.field("count", "GPUs of a node").integer(1, 16).orElse(1));
        }
    }
}
