package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.fleet.Allocatable;
import io.buildkitefleet.fleet.LocalSsds;
import io.buildkitefleet.fleet.MachineType;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.fleet.SystemPods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes a {@link Pool} of its configuration. */
final class PoolResolver {
    /** Image streaming takes memory that small nodes lack. */
    private static final long STREAMING_FROM_GIB = 8;

    /** GPUs that can be attached to N1 machines: https://cloud.google.com/compute/docs/gpus#n1-gpus */
    private static final Set<String> N1_GPUS =
            Set.of("nvidia-tesla-t4", "nvidia-tesla-p4", "nvidia-tesla-p100", "nvidia-tesla-v100");

    private static final String L4 = "nvidia-l4";

    /**
     * Zones of a regional cluster that names none:
     * https://cloud.google.com/kubernetes-engine/docs/concepts/regional-clusters
     */
    private static final int ZONES_OF_A_REGION = 3;

    private final List<String> clusterZones;
    private final Problems problems;

    /** @param clusterZones the zones of the cluster; none for those that GKE chooses in the region */
    PoolResolver(List<String> clusterZones, Problems problems) {
        this.clusterZones = clusterZones;
        this.problems = problems;
    }

    /** How many zones nodes are in that name these zones; none for those of the cluster. */
    static int zones(List<String> own, List<String> clusterZones) {
        var zones = own.isEmpty() ? clusterZones : own;
        return zones.isEmpty() ? ZONES_OF_A_REGION : zones.size();
    }

    /** The pool, unless its machine type is unknown; an empty one was reported where it was read. */
    Optional<Pool> resolve(String name, PoolConfig config) {
        if (config.machineType().isEmpty()) {
            return Optional.empty();
        }
        var at = problems.at("pools", name);
        var machine = MachineType.parse(config.machineType());
        if (machine.isEmpty()) {
            at.add(
                    "machineType",
                    "is not a machine type that the fleet knows, got \"" + config.machineType() + "\"; "
                            + MachineType.suggestion(config.machineType()));
            return Optional.empty();
        }
        checkAccelerator(at.at("accelerator"), config, machine.get());
        return Optional.of(pool(name, config, machine.get()));
    }

    private Pool pool(String name, PoolConfig config, MachineType machine) {
        var streaming = config.imageStreaming()
                .orElse(machine.memory().mebibytes() >= STREAMING_FROM_GIB * 1024 && config.sandbox() == Sandbox.NONE);
        return new Pool(
                name,
                config,
                machine,
                groups(name, config),
                streaming,
                allocatable(config, machine),
                SystemPods.onNode(config.accelerator().isPresent(), streaming));
    }

    /** A number of local SSDs that cannot be is a problem already. */
    private static Allocatable allocatable(PoolConfig config, MachineType machine) {
        var onBootDisk = Allocatable.of(machine, config.diskGb());
        return LocalSsds.countsOf(machine).contains(config.localSsds())
                ? new Allocatable(onBootDisk.resources(), LocalSsds.allocatable(config.localSsds()))
                : onBootDisk;
    }

    /**
     * The sibling may grow as far as the pool proper: when Google has no reclaimable node at all, as many jobs run as
     * otherwise. Both together never hold more jobs than one does, because the jobs in flight are bounded by the queue.
     */
    private List<NodeGroup> groups(String name, PoolConfig config) {
        var zones = zones(config.zones(), clusterZones);
        var groups = new ArrayList<NodeGroup>();
        groups.add(new NodeGroup(ResourceNames.nodes(name), config.capacity(), config.min(), config.max(), zones));
        if (config.fallsBack()) {
            groups.add(new NodeGroup(ResourceNames.fallbackNodes(name), Capacity.ON_DEMAND, 0, config.max(), zones));
        }
        return groups;
    }

    /** Before jobs are sized, which share the GPUs out. */
    private static void checkAccelerator(Place at, PoolConfig config, MachineType machine) {
        if (at.isInDoubt()) {
            return;
        }
        config.accelerator().ifPresent(gpu -> checkAccelerator(at, gpu, machine));
        if (config.accelerator().isEmpty() && machine.gpus() > 0) {
            at.add("is missing: " + machine.name() + " has " + machine.gpus() + " × " + L4
                    + "; write accelerator: {type: " + L4 + ", count: " + machine.gpus() + "}");
        }
    }

    private static void checkAccelerator(Place at, PoolConfig.Accelerator gpu, MachineType machine) {
        if (machine.gpus() > 0 && !(gpu.type().equals(L4) && gpu.count() == machine.gpus())) {
            at.add("must be " + machine.gpus() + " × " + L4 + " on " + machine.name() + ", got " + gpu.count() + " × "
                    + gpu.type());
        } else if (machine.gpus() == 0 && !(machine.series().equals("n1") && N1_GPUS.contains(gpu.type()))) {
            at.add("cannot be attached to " + machine.name() + ", got " + gpu.type()
                    + "; N1 machines take "
                    + String.join(", ", N1_GPUS.stream().sorted().toList())
                    + ", and G2 machines have " + L4);
        }
    }
}
