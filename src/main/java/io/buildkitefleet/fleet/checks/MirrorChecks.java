package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.ResourceNames;

/** Whether there can be disks of git mirrors, and what the pools need for them. */
final class MirrorChecks implements Check {
    private final Fleet fleet;
    private final FleetConfig config;
    private final Problems problems;

    MirrorChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        var at = problems.at("checkout");
        if (at.isInDoubt("gitMirror") || at.isInDoubt("mirrorDisk")) {
            return;
        }
        var wanted = config.checkout().gitMirror() == GitMirror.DISK;
        if (wanted && config.checkout().mirrorDisk().isEmpty()) {
            at.add("mirrorDisk", "is missing, and gitMirror: disk needs its repositories and its image");
        }
        if (!wanted && config.checkout().mirrorDisk().isPresent()) {
            at.add("mirrorDisk", "has no effect; set gitMirror: disk, or remove it");
        }
        config.checkout().mirrorDisk().ifPresent(disk -> {
            if (disk.repositories().isEmpty()) {
                at.at("mirrorDisk").add("repositories", "is empty; list those that are worth a mirror");
            }
        });
        if (wanted) {
            namespace();
            fleet.pools().forEach(this::disks);
            fleet.trustedQueues().stream()
                    .filter(queue -> !problems.at("queues", queue.name()).isInDoubt("trust"))
                    .forEach(queue -> queue.pool().ifPresent(pool -> {
                        zone(queue, pool);
                        machine(pool);
                    }));
        }
    }

    private void namespace() {
        config.queues().keySet().stream()
                .filter(queue -> ResourceNames.namespace(queue).equals(MirrorDisks.NAMESPACE))
                .forEach(queue -> problems.at("queues", queue)
                        .add("must have another name: the namespace " + MirrorDisks.NAMESPACE
                                + " is that of the disks of git mirrors"));
    }

    /** A disk is in one zone, and all its readers with it. */
    private void zone(Queue queue, Pool pool) {
        var zones =
                pool.config().zones().isEmpty() ? config.zones() : pool.config().zones();
        var at = problems.at("pools", pool.name(), "zones");
        if (zones.size() != 1 && !at.isInDoubt() && !problems.at("zones").isInDoubt()) {
            at.add("must be one zone, because queue " + queue.name() + " reads git mirrors from a disk, which is in "
                    + "one; set one, or checkout.gitMirror: node");
        }
    }

    /** A node has the disk of each queue whose jobs it has at the moment. */
    private void disks(Pool pool) {
        var queues =
                fleet.trustedQueues().stream().filter(queue -> queue.isOn(pool)).count();
        var most =
                pool.machine().sharedCore() ? Limit.VOLUMES_OF_SHARED_CORE_NODE.most() : Limit.VOLUMES_OF_NODE.most();
        if (Math.min(queues, pool.podsForJobs()) > most) {
            problems.at("pools", pool.name())
                    .warn("has " + queues + " queues with disks of git mirrors, and a node of "
                            + pool.machine().name() + " takes " + most
                            + " at a time: jobs of further queues wait for another node");
        }
    }

    private void machine(Pool pool) {
        var machine = pool.machine();
        var at = problems.at("pools", pool.name(), "machineType");
        if (machine.bootDisks().isEmpty()) {
            at.warn("is \"" + machine.name() + "\", and the fleet does not know whether it can read the disks of git"
                    + " mirrors, which are " + MirrorDisks.DISK_TYPE.apiName());
        } else if (!machine.bootDisks().contains(MirrorDisks.DISK_TYPE)) {
            at.add("cannot read the disks of git mirrors, which are " + MirrorDisks.DISK_TYPE.apiName() + ", got \""
                    + machine.name() + "\"; use another series, or checkout.gitMirror: node");
        }
    }
}
