package io.buildkitefleet.rules.plan;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.fleet.Allocatable;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.resources.GoogleType;
import java.util.List;
import java.util.Optional;

/** Node pools as the releases see them: by the label that pods choose nodes with. */
public final class Nodes {
    public static final String LABEL = Pool.LABEL;

    private Nodes() {}

    /** The value of the pool's label. */
    public static String pool(Subject nodePool) {
        return nodePool.at("nodeConfig.labels").key(LABEL).text();
    }

    public static List<Subject> ofPool(PlannedStack stack, String pool) {
        return stack.ofType(GoogleType.NODE_POOL).stream()
                .filter(nodePool -> pool(nodePool).equals(pool))
                .toList();
    }

    public static boolean isReclaimable(Subject nodePool) {
        return nodePool.at("nodeConfig.preemptible").isTrue()
                || nodePool.at("nodeConfig.spot").isTrue();
    }

    public static boolean isSandboxed(Subject nodePool) {
        return nodePool.at("nodeConfig.sandboxConfig.sandboxType").is("gvisor");
    }

    /** The nodes of a pool as IAM names them. */
    public static String memberOfPool(Subject nodePool) {
        return member(nodePool.part("nodeConfig"));
    }

    /** Nodes of one configuration as IAM names them. */
    public static String member(Subject node) {
        return "serviceAccount:" + node.at("serviceAccount").text();
    }

    /** What a node has for jobs; nothing if its machine type is none that is known. */
    public static Optional<Resources> forJobs(Subject nodePool) {
        var config = nodePool.part("nodeConfig");
        return MachineType.parse(config.at("machineType").text())
                .filter(machine -> machine.source() != MachineType.Source.ESTIMATE)
                .map(machine -> Allocatable.of(
                                machine, (int) config.at("diskSizeGb").number())
                        .forJobs(
                                !config.at("guestAccelerators").items().isEmpty(),
                                config.at("gcfsConfig.enabled").isTrue()));
    }
}
