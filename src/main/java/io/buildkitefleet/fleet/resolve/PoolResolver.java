package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.cloud.LocalSsds;
import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.fleet.Allocatable;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.fleet.SystemPods;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a {@link Pool} of its configuration. */
final class PoolResolver {
    /** Image streaming takes memory that small nodes lack. */
    private static final long STREAMING_FROM_GIB = 8;

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
        return zones.isEmpty() ? Limit.ZONES_OF_REGIONAL_CLUSTER.most() : zones.size();
    }

    /** The pool, unless no size of its machines can be told; an empty one was reported where it was read. */
    Optional<Pool> resolve(String name, PoolConfig config) {
        if (config.machineType().isEmpty()) {
            return Optional.empty();
        }
        var at = problems.at("pools", name);
        var machine = machine(at, config);
        if (machine.isEmpty() && at.isInDoubt("size")) {
            return Optional.empty();
        }
        if (machine.isEmpty()) {
            at.add(
                    "machineType",
                    "is not a machine type of which the fleet knows the size, got \"" + config.machineType() + "\"; "
                            + MachineType.suggestion(config.machineType())
                            + (MachineType.isMistake(config.machineType())
                                    ? ""
                                    : "; if Google has it, say size: {vcpus: 8, memory: 32Gi}")
                            + "; " + MachineSeries.asOf());
            return Optional.empty();
        }
        new Accelerators(at.at("accelerator"), machine.get()).check(config.accelerator());
        return Optional.of(pool(name, config, machine.get()));
    }

    private static Optional<MachineType> machine(Place at, PoolConfig config) {
        return config.size().isEmpty() || at.isInDoubt("size")
                ? MachineType.parse(config.machineType())
                : new MachineSize(at.at("size"), config.machineType())
                        .machine(config.size().get());
    }

    private Pool pool(String name, PoolConfig config, MachineType machine) {
        var streaming = config.imageStreaming()
                .orElse(machine.memory().mebibytes() >= STREAMING_FROM_GIB * 1024 && config.sandbox() == Sandbox.NONE);
        var onBootDisk = Allocatable.of(machine, config.diskGb());
        var localSsds = localSsds(config, machine);
        return new Pool(
                name,
                config,
                machine,
                groups(name, config),
                diskType(config, machine),
                localSsds,
                streaming,
                new Allocatable(
                        onBootDisk.resources(), localSsds > 0 ? LocalSsds.allocatable(localSsds) : onBootDisk.disk()),
                SystemPods.onNode(config.accelerator().isPresent(), streaming));
    }

    private static DiskType diskType(PoolConfig config, MachineType machine) {
        return config.diskType()
                .orElseGet(() -> machine.bootDisks().stream().findFirst().orElse(DiskType.PD_BALANCED));
    }

    /** A number that cannot be is a problem elsewhere, and counts as none. */
    private static int localSsds(PoolConfig config, MachineType machine) {
        if (machine.localSsds() > 0) {
            return machine.localSsds();
        }
        var possible = machine.addedSsds();
        return possible.isEmpty() || possible.get().contains(config.localSsds()) ? config.localSsds() : 0;
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
}
