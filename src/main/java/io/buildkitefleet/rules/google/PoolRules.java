package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether pods can land on the nodes of a pool, and stay there until they are done. */
public final class PoolRules {
    /** Less than this the configuration refuses: it is the system's, the agent's image and a checkout. */
    private static final long LEAST_DISK_GB = 50;

    /**
     * Taints that GKE makes or lets pods tolerate by itself: of GPUs, of sandboxes, of machines for Arm.
     *
     * @see <a href="https://docs.cloud.google.com/kubernetes-engine/docs/how-to/node-taints">node taints</a>
     */
    private static final Set<String> TOLERATED =
            Set.of("nvidia.com/gpu", "sandbox.gke.io/runtime", "kubernetes.io/arch", Nodes.LABEL);

    private PoolRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("pool-serves", HIGH, "Pods can land on the nodes of each pool, and stay until they are done")
                        .why(
                                "jobs wait for ever for a node that takes them, or are stopped in their midst, again and again")
                        .mend(
                                "take the cluster's location, a disk of " + LEAST_DISK_GB
                                        + " GB or more and the pool's own taint alone, and leave out maxRunDuration and maxUnavailable")
                        .check(stack -> Check.each(GoogleType.NODE_POOL, pool -> useless(stack, pool))
                                .of(stack)),
                Rule.named("pool-system", HIGH, "What every queue needs runs on nodes that any pod of it may use")
                        .why(
                                "without the controllers, the cluster's name server and its autoscaler no job starts in any queue")
                        .mend(
                                "give the pool of the controllers no taint, no Spot or preemptible nodes and a whole CPU or more")
                        .check(stack -> Check.each(PoolRules::ofControllers, PoolRules::weak)
                                .of(stack)));
    }

    private static Optional<String> useless(PlannedStack stack, Subject pool) {
        return elsewhere(stack, pool)
                .or(() -> ending(pool))
                .or(() -> taint(pool))
                .or(() -> takenAway(pool))
                .or(() -> {
                    var disk = pool.at("nodeConfig.diskSizeGb");
                    return flawIf(
                            disk.exists() && !disk.isUnknown() && disk.number() < LEAST_DISK_GB,
                            "nodeConfig.diskSizeGb is " + disk.described() + ", less than " + LEAST_DISK_GB);
                });
    }

    /** Of a plan without its cluster, {@code fleet-whole} speaks. */
    private static Optional<String> elsewhere(PlannedStack stack, Subject pool) {
        var clusters = stack.ofType(GoogleType.CLUSTER);
        return Stream.of("location", "cluster")
                .filter(input -> !pool.at(input).isUnknown())
                .filter(input -> !clusters.isEmpty()
                        && clusters.stream()
                                .map(cluster -> cluster.at(input.equals("cluster") ? "name" : input))
                                .noneMatch(own -> own.isUnknown()
                                        || !own.exists()
                                        || pool.at(input)
                                                .text()
                                                .replaceFirst(".*/", "")
                                                .equals(own.text())))
                .findFirst()
                .map(input -> input + " is " + pool.at(input).described() + ", and not the cluster's")
                .or(() -> otherZone(pool));
    }

    private static Optional<String> otherZone(Subject pool) {
        var location = pool.at("location");
        return pool.at("nodeLocations").texts().stream()
                .filter(zone -> location.exists()
                        && !location.isUnknown()
                        && !zone.startsWith(location.text() + "-")
                        && !sameRegion(zone, location.text()))
                .findFirst()
                .map(zone -> "nodeLocations has " + zone + ", which is not in " + location.text());
    }

    private static boolean sameRegion(String zone, String other) {
        return zone.replaceFirst("-[a-z]$", "").equals(other.replaceFirst("-[a-z]$", ""));
    }

    private static Optional<String> ending(Subject pool) {
        var longest = pool.at("nodeConfig.maxRunDuration");
        return flawIf(longest.exists(), "nodeConfig.maxRunDuration is " + longest.described() + ": nodes end then");
    }

    /** An upgrade takes so many nodes before others are there, and the jobs on them. */
    private static Optional<String> takenAway(Subject pool) {
        var most = pool.at("upgradeSettings.maxUnavailable");
        return flawIf(most.number() > 0, "upgradeSettings.maxUnavailable is " + most.described());
    }

    private static Optional<String> taint(Subject pool) {
        return pool.at("nodeConfig.taints").items().stream()
                .filter(taint -> !TOLERATED.contains(taint.key("key").text())
                        || taint.key("key").is(Nodes.LABEL)
                                && !taint.key("value").is(Nodes.pool(pool)))
                .findFirst()
                .map(taint -> "nodeConfig.taints has " + taint.key("key").described() + "="
                        + taint.key("value").described() + ", which no pod of it tolerates");
    }

    private static List<Subject> ofControllers(PlannedStack stack) {
        var pools = Releases.of(stack).stream().map(Release::controllerPool).collect(Collectors.toSet());
        return stack.ofType(GoogleType.NODE_POOL).stream()
                .filter(pool -> pools.contains(Nodes.pool(pool)))
                .toList();
    }

    /** Of nodes that are taken back, {@code controller-node} speaks. */
    private static Optional<String> weak(Subject pool) {
        var machine = pool.at("nodeConfig.machineType");
        return flawIf(
                        MachineType.parse(machine.text())
                                .filter(MachineType::sharedCore)
                                .isPresent(),
                        "nodeConfig.machineType is " + machine.described() + ", which shares a core")
                .or(() -> pool.at("nodeConfig.taints").items().stream()
                        .findFirst()
                        .map(taint ->
                                "nodeConfig.taints has " + taint.key("key").described()));
    }
}
