package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.ResourceNames;

/** Whether there can be disks of git mirrors, and what the pools need for them. */
final class MirrorChecks {
    private static final String PATH = FleetConfigReader.ROOT + ".checkout";

    private final Fleet fleet;
    private final FleetConfig config;
    private final Problems problems;

    MirrorChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.config = fleet.config();
        this.problems = problems;
    }

    void run() {
        if (problems.anyBelow(PATH + ".gitMirror") || problems.anyBelow(PATH + ".mirrorDisk")) {
            return;
        }
        var wanted = config.checkout().gitMirror() == GitMirror.DISK;
        if (wanted && config.checkout().mirrorDisk().isEmpty()) {
            problems.add(PATH + ".mirrorDisk", "is missing, and gitMirror: disk needs its repositories and its image");
        }
        if (!wanted && config.checkout().mirrorDisk().isPresent()) {
            problems.add(PATH + ".mirrorDisk", "has no effect; set gitMirror: disk, or remove it");
        }
        config.checkout().mirrorDisk().ifPresent(disk -> {
            if (disk.repositories().isEmpty()) {
                problems.add(PATH + ".mirrorDisk.repositories", "is empty; list those that are worth a mirror");
            }
        });
        if (wanted) {
            namespace();
            fleet.trustedQueues().stream()
                    .filter(queue -> !problems.anyBelow(FleetConfigReader.ROOT + ".queues." + queue.name() + ".trust"))
                    .forEach(queue -> {
                        zone(queue);
                        machine(queue);
                    });
        }
    }

    private void namespace() {
        config.queues().keySet().stream()
                .filter(queue -> ResourceNames.namespace(queue).equals(MirrorDisks.NAMESPACE))
                .forEach(queue -> problems.add(
                        FleetConfigReader.ROOT + ".queues." + queue,
                        "must have another name: the namespace " + MirrorDisks.NAMESPACE
                                + " is that of the disks of git mirrors"));
    }

    /** A disk is in one zone, and all its readers with it. */
    private void zone(Queue queue) {
        var zones = queue.pool().config().zones().isEmpty()
                ? config.zones()
                : queue.pool().config().zones();
        var path = FleetConfigReader.ROOT + ".pools." + queue.pool().name() + ".zones";
        if (zones.size() != 1 && !problems.anyBelow(path) && !problems.anyBelow(FleetConfigReader.ROOT + ".zones")) {
            problems.add(
                    path,
                    "must be one zone, because queue " + queue.name() + " reads git mirrors from a disk, which is in "
                            + "one; set one, or checkout.gitMirror: node");
        }
    }

    private void machine(Queue queue) {
        var machine = queue.pool().machine();
        if (!machine.bootDisks().contains(MirrorDisks.DISK_TYPE)) {
            problems.add(
                    FleetConfigReader.ROOT + ".pools." + queue.pool().name() + ".machineType",
                    "cannot read the disks of git mirrors, which are " + MirrorDisks.DISK_TYPE.apiName() + ", got \""
                            + machine.name() + "\"; use another series, or checkout.gitMirror: node");
        }
    }
}
