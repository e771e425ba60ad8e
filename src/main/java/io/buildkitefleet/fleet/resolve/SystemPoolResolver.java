package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.LoadConfig;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.fleet.Allocatable;
import io.buildkitefleet.fleet.Caches;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.fleet.SystemPods;
import io.buildkitefleet.fleet.SystemPool;
import java.util.List;
import java.util.Optional;

/** Makes the {@link SystemPool} of what must run on it. */
final class SystemPoolResolver {
    private static final String MACHINE_TYPE = "e2-standard-2";

    private static final int DISK_GB = 50;

    private static final LoadConfig DAY_AND_NIGHT = new LoadConfig(24, 7, 100);

    private SystemPoolResolver() {}

    /** Sized so that GKE's pods, one controller per queue and everything else fit, and one node more for upgrades. */
    static Pool of(int queues, Optional<Caches> caches, Optional<MirrorDisks> mirrors, int zones) {
        var machine = MachineType.parse(MACHINE_TYPE).orElseThrow();
        var allocatable = Allocatable.of(machine, DISK_GB);
        var onNode = SystemPods.onNode(false, false);
        var node = allocatable.resources().minus(onNode);
        var needed = SystemPods.onceACluster()
                .plus(SystemPool.CONTROLLER.times(queues))
                .plus(caches.map(Caches::requests).orElse(Resources.NONE))
                .plus(mirrors.map(MirrorDisks::requests).orElse(Resources.NONE));
        var nodes = (int) Math.max(
                Math.ceil((double) needed.cpu().millis() / node.cpu().millis()),
                Math.ceil((double) needed.memory().mebibytes() / node.memory().mebibytes()));
        // Two nodes keep the controllers of a regional cluster running through the loss of a zone.
        var min = zones == 1 ? 1 : 2;
        var max = Math.max(nodes, min) + SystemPool.SPARE_NODES;
        var group = new NodeGroup(ResourceNames.nodes(SystemPool.NAME), Capacity.ON_DEMAND, min, max, zones);
        return new Pool(
                SystemPool.NAME,
                PoolConfig.ofFleet(MACHINE_TYPE, min, max, DISK_GB, DAY_AND_NIGHT),
                machine,
                List.of(group),
                machine.bootDisks().get(0),
                0,
                false,
                allocatable,
                onNode);
    }
}
