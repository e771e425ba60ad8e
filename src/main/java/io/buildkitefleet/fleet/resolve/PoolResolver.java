package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Fallback;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.fleet.Allocatable;
import io.buildkitefleet.fleet.LocalSsds;
import io.buildkitefleet.fleet.MachineType;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.SystemPods;
import io.buildkitefleet.fleet.SystemPool;
import java.util.ArrayList;
import java.util.Comparator;
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
    Optional<Pool> resolve(String name, String path, PoolConfig config) {
        checkName(name, path, config);
        if (config.min() > config.max() && !problems.anyBelow(path + ".max")) {
            problems.add(path + ".min", "must not exceed max (" + config.max() + "), got " + config.min());
        }
        if (config.fallback() == Fallback.ON_DEMAND && !config.capacity().isReclaimable()) {
            problems.add(path + ".fallback", "must be none: the pool is on-demand itself");
        }
        if (config.machineType().isEmpty()) {
            return Optional.empty();
        }
        var machine = MachineType.parse(config.machineType());
        if (machine.isEmpty()) {
            problems.add(
                    path + ".machineType",
                    "is not a machine type that the fleet knows, got \"" + config.machineType() + "\"; "
                            + MachineType.suggestion(config.machineType()));
            return Optional.empty();
        }
        checkMachine(path, config, machine.get());
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
        groups.add(new NodeGroup(primaryName(name), config.capacity(), config.min(), config.max(), zones));
        if (config.fallback() == Fallback.ON_DEMAND && config.capacity().isReclaimable()) {
            groups.add(new NodeGroup(fallbackName(name), Capacity.ON_DEMAND, 0, config.max(), zones));
        }
        return groups;
    }

    /** The longer forms are those of pools that exist already: another name would replace the nodes. */
    static String primaryName(String pool) {
        var usual = "pool-" + pool + "-nodes";
        return NodeGroup.fits(usual) ? usual : pool + "-pool";
    }

    private static String fallbackName(String pool) {
        var usual = "pool-" + pool + "-fallback-nodes";
        return NodeGroup.fits(usual) ? usual : pool + "-fallback";
    }

    private void checkName(String name, String path, PoolConfig config) {
        groups(name, config).stream()
                .filter(group -> !NodeGroup.fits(group.name()))
                .max(Comparator.comparingInt(group -> group.name().length()))
                .ifPresent(group -> {
                    var tooMany = group.name().length() + NodeGroup.ADDED_CHARACTERS - NodeGroup.LONGEST_NAME;
                    problems.add(
                            path,
                            "its name must have at most " + (name.length() - tooMany) + " characters, got "
                                    + name.length() + ": GKE takes node pool names of " + NodeGroup.LONGEST_NAME
                                    + ", and its nodes would be \"" + group.name() + "\" and "
                                    + NodeGroup.ADDED_CHARACTERS + " characters of Pulumi's");
                });
        if (name.equals(SystemPool.NAME)) {
            problems.add(path, "its name must not be " + SystemPool.NAME + ": the fleet's own pool is named so");
        }
    }

    private void checkMachine(String path, PoolConfig config, MachineType machine) {
        if (config.sandbox() == Sandbox.GVISOR && machine.sharedCore()) {
            problems.add(
                    path + ".machineType",
                    "must not share a core where sandbox is gvisor, got " + machine.name() + "; e2-standard-2 will do");
        }
        var bootable = machine.bootDisks();
        if (!bootable.contains(config.diskType()) && !problems.anyBelow(path + ".diskType")) {
            problems.add(
                    path + ".diskType",
                    "must be "
                            + String.join(
                                    " or ",
                                    bootable.stream().map(DiskType::apiName).toList()) + " for " + machine.name()
                            + ", got " + config.diskType().apiName());
        }
        checkAccelerator(path + ".accelerator", config, machine);
        checkLocalSsds(path + ".localSsds", config.localSsds(), machine);
    }

    private void checkLocalSsds(String path, int count, MachineType machine) {
        var counts = LocalSsds.countsOf(machine);
        if (count > 0 && counts.isEmpty()) {
            problems.add(
                    path,
                    "must be 0 for " + machine.name() + ", got " + count
                            + "; machines of the series n1, n2 and n2d take local SSDs");
        } else if (count > 0 && !counts.contains(count)) {
            problems.add(
                    path,
                    "must be one of "
                            + String.join(
                                    ", ", counts.stream().map(String::valueOf).toList())
                            + " for " + machine.name() + ", got " + count);
        }
    }

    private void checkAccelerator(String path, PoolConfig config, MachineType machine) {
        if (problems.anyBelow(path)) {
            return;
        }
        config.accelerator().ifPresent(gpu -> checkAccelerator(path, gpu, machine));
        if (config.accelerator().isEmpty() && machine.gpus() > 0) {
            problems.add(
                    path,
                    "is missing: " + machine.name() + " has " + machine.gpus() + " × " + L4
                            + "; write accelerator: {type: " + L4 + ", count: " + machine.gpus() + "}");
        }
    }

    private void checkAccelerator(String path, PoolConfig.Accelerator gpu, MachineType machine) {
        if (machine.gpus() > 0 && !(gpu.type().equals(L4) && gpu.count() == machine.gpus())) {
            problems.add(
                    path,
                    "must be " + machine.gpus() + " × " + L4 + " on " + machine.name() + ", got " + gpu.count() + " × "
                            + gpu.type());
        } else if (machine.gpus() == 0 && !(machine.series().equals("n1") && N1_GPUS.contains(gpu.type()))) {
            problems.add(
                    path,
                    "cannot be attached to " + machine.name() + ", got " + gpu.type()
                            + "; N1 machines take "
                            + String.join(", ", N1_GPUS.stream().sorted().toList())
                            + ", and G2 machines have " + L4);
        }
    }
}
