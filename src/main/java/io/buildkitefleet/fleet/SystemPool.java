package io.buildkitefleet.fleet;

import io.buildkitefleet.config.Capacity;
import io.buildkitefleet.config.DiskType;
import io.buildkitefleet.config.Memory;
import io.buildkitefleet.config.Sandbox;
import java.util.List;
import java.util.Optional;

/**
 * The on-demand nodes of GKE's own pods, of the queues' controllers, of the cache servers and of what makes disks of
 * git mirrors: a controller that is preempted takes its queue with it.
 */
public final class SystemPool {
    public static final String NAME = "system";

    /**
     * What a controller asks for, the chart leaves it open. Controller 0.47.0 took 67 MB when idle, 79 MB with 20 jobs
     * in flight and 400 waiting, 213 MB with 1,000 in flight and 3,000 in all, and at most 245 MB while every job was
     * refused; its CPU stayed below 100m.
     */
    public static final Resources CONTROLLER = Resources.of(100, 256);

    /**
     * What a controller may take, twice the most that was measured: one that leaks is started again before it takes the
     * memory of the others on its node.
     */
    public static final Memory CONTROLLER_LIMIT = new Memory(512);

    private static final int DISK_GB = 50;

    /** What is beyond the nodes that its pods need, so that an upgrade has room. */
    private static final int SPARE_NODES = 1;

    private SystemPool() {}

    /** Sized so that GKE's pods, one controller a queue and everything else fit, and one node more for upgrades. */
    static Pool of(int queues, Optional<Caches> caches, Optional<MirrorDisks> mirrors, int zones) {
        var machine = MachineType.parse("e2-standard-2").orElseThrow();
        var allocatable = Allocatable.of(machine, DISK_GB);
        var onNode = SystemPods.onNode(false, false);
        var node = allocatable.resources().minus(onNode);
        var needed = SystemPods.onceACluster()
                .plus(CONTROLLER.times(queues))
                .plus(caches.map(Caches::requests).orElse(Resources.NONE))
                .plus(mirrors.map(MirrorDisks::requests).orElse(Resources.NONE));
        var nodes = (int) Math.max(
                Math.ceil((double) needed.cpu().millis() / node.cpu().millis()),
                Math.ceil((double) needed.memory().mebibytes() / node.memory().mebibytes()));
        // Two nodes keep the controllers of a regional cluster running through the loss of a zone.
        var min = zones == 1 ? 1 : 2;
        var group = new NodeGroup(
                PoolResolver.primaryName(NAME), Capacity.ON_DEMAND, min, Math.max(nodes, min) + SPARE_NODES, zones);
        return new Pool(
                NAME,
                machine,
                List.of(group),
                List.of(),
                DISK_GB,
                DiskType.PD_BALANCED,
                Sandbox.NONE,
                false,
                Optional.empty(),
                allocatable,
                onNode);
    }

    /** The nodes that its pods need day and night. */
    public static int steadyNodes(Pool system) {
        return system.primary().max() - SPARE_NODES;
    }
}
