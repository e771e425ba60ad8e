package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Architecture;
import io.buildkitefleet.cloud.MachineSeries;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import java.util.List;
import java.util.stream.Collectors;

/** What a pool's machines cannot have, what their jobs must know, and what is not known of them. */
final class MachineChecks implements Check {
    private final Fleet fleet;
    private final Problems problems;

    MachineChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
    }

    @Override
    public void run() {
        fleet.pools().forEach(pool -> {
            var at = problems.at("pools", pool.name());
            sandbox(at, pool);
            disk(at.at("diskType"), pool);
            localSsds(at.at("localSsds"), pool);
            unknown(at.at("machineType"), pool.machine());
            arm(at.at("machineType"), pool);
        });
    }

    private static void sandbox(Place at, Pool pool) {
        if (pool.config().sandbox() != Sandbox.GVISOR) {
            return;
        }
        if (pool.machine().sharedCore()) {
            at.add(
                    "machineType",
                    "must not share a core where sandbox is gvisor, got "
                            + pool.machine().name() + "; e2-standard-2 will do");
        }
        if (isArm(pool)) {
            at.at("sandbox")
                    .warn("is gvisor, and the fleet does not know whether GKE Sandbox runs on the arm64 nodes of "
                            + pool.machine().name());
        }
    }

    private static void disk(Place at, Pool pool) {
        var machine = pool.machine();
        var bootable = machine.bootDisks();
        if (bootable.isEmpty() && pool.config().diskType().isEmpty()) {
            at.warn("is left out, and the fleet does not know what " + machine.name() + " boots from; it takes "
                    + pool.diskType().apiName() + ", set another if GKE refuses that");
        } else if (!bootable.isEmpty() && !bootable.contains(pool.diskType()) && !at.isInDoubt()) {
            at.add("must be " + bootable.stream().map(DiskType::apiName).collect(Collectors.joining(" or ")) + " for "
                    + machine.name() + ", got " + pool.diskType().apiName());
        }
    }

    private static void localSsds(Place at, Pool pool) {
        var machine = pool.machine();
        var wanted = pool.config().localSsds();
        if (wanted == 0 || at.isInDoubt()) {
            return;
        }
        var possible = machine.addedSsds();
        if (machine.localSsds() > 0) {
            if (wanted != machine.localSsds()) {
                at.add("must be left out, since " + machine.name() + " has " + machine.localSsds() + " of its own, got "
                        + wanted);
            }
        } else if (possible.isEmpty()) {
            at.warn("is " + wanted + ", and the fleet does not know how many " + machine.name() + " takes; "
                    + MachineSeries.asOf());
        } else if (possible.get().isEmpty()) {
            at.add("must be 0 for " + machine.name() + ", got " + wanted + "; " + withSsds());
        } else if (!possible.get().contains(wanted)) {
            at.add("must be one of " + joined(possible.get()) + " for " + machine.name() + ", got " + wanted);
        }
    }

    private static String withSsds() {
        var series = MachineSeries.all().values().stream()
                .filter(MachineSeries::takesLocalSsds)
                .map(MachineSeries::name)
                .collect(Collectors.joining(", "));
        return "machines of the series " + series + " take local SSDs, and types whose names end in -lssd have some";
    }

    private static void unknown(Place at, MachineType machine) {
        switch (machine.source()) {
            case LIST -> {}
            case NAME ->
                at.warn("is \"" + machine.name() + "\", and the fleet does not know the limits of custom types of "
                        + machine.series() + ": GKE may refuse it; " + MachineSeries.asOf());
            case PERSON ->
                at.warn(unlisted(
                        machine,
                        machine.vcpus() + " vCPUs and " + machine.memory()
                                + ", as size says, and GKE refuses the pool if there is no such type",
                        machine.known()
                                .map(series -> MachineType.suggestion(machine.name()))
                                .orElse("nothing is known of the series " + machine.series())));
            case ESTIMATE ->
                at.warn(unlisted(
                        machine,
                        machine.vcpus() + " vCPUs, as its name says, and " + machine.memory()
                                + ", the least that types of such names have",
                        MachineType.suggestion(machine.name())));
        }
    }

    private static String unlisted(MachineType machine, String size, String known) {
        return "is not a machine type that the fleet knows, got \"" + machine.name() + "\"; jobs are sized for " + size
                + "; " + known + "; " + MachineSeries.asOf();
    }

    /** Images run on the architecture that they are built for, and nobody but their owner knows which that is. */
    private void arm(Place at, Pool pool) {
        var queues = fleet.queues().stream()
                .filter(queue -> queue.isOn(pool))
                .map(queue -> queue.name())
                .collect(Collectors.joining(", "));
        if (isArm(pool) && !queues.isEmpty()) {
            at.warn("is \"" + pool.machine().name() + "\", whose nodes are arm64: every image that jobs of " + queues
                    + " name or build must be for arm64, as must what they run in Docker; the fleet's pods tolerate"
                    + " GKE's taint kubernetes.io/arch=arm64");
        }
    }

    private static boolean isArm(Pool pool) {
        return pool.machine().architecture().filter(Architecture.ARM64::equals).isPresent();
    }

    private static String joined(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
