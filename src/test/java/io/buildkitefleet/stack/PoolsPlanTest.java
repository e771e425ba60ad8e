package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nodes. */
@ExtendWith(PreviewedStacks.Extension.class)
class PoolsPlanTest {
    private static final Duration TWO_HOURS = Duration.ofHours(2);

    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void everyGroupOfNodesIsOneNodePoolAndTheReverse(StackPreview stack) {
        var groups = stack.fleet().nodePools().stream()
                .flatMap(pool -> pool.groups().stream())
                .map(NodeGroup::max)
                .sorted()
                .toList();
        assertThat(nodePools(stack).stream()
                        .map(pool -> number(pool, "autoscaling", "totalMaxNodeCount"))
                        .sorted()
                        .toList())
                .isEqualTo(groups);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void autoscaledPoolsIgnoreTheirInitialNodeCount(StackPreview stack) {
        assertThat(nodePools(stack)).allSatisfy(pool -> {
            assertThat(pool.options().ignoreChanges()).contains("initialNodeCount");
            assertThat(pool.inputs().has("nodeCount")).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void poolsBeginWithTheNodesThatTheyAreToKeep(StackPreview stack) {
        var groups = stack.fleet().nodePools().stream()
                .flatMap(pool -> pool.groups().stream())
                .collect(Collectors.toMap(NodeGroup::name, NodeGroup::startPerZone));

        assertThat(nodePools(stack).stream()
                        .collect(Collectors.toMap(Registration::name, pool -> number(pool, "initialNodeCount"))))
                .isEqualTo(groups);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void gkeIsGivenTheTimeThatItsOperationsTake(StackPreview stack) {
        var slow = Stream.concat(
                nodePools(stack).stream(), stack.plan().find("gcp:container/cluster:Cluster", "cluster-gke").stream());

        assertThat(slow).allSatisfy(resource -> assertThat(resource.options().timeouts())
                .isEqualTo(new Registration.Timeouts(TWO_HOURS, TWO_HOURS, TWO_HOURS)));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void boundsAreTotalsAndNotForEachZone(StackPreview stack) {
        assertThat(nodePools(stack)).allSatisfy(pool -> {
            assertThat(Inputs.at(pool, "autoscaling", "maxNodeCount")).isEmpty();
            assertThat(Inputs.at(pool, "autoscaling", "minNodeCount")).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void nodesAreShieldedAndRunAsTheirOwnIdentity(StackPreview stack) {
        assertThat(nodePools(stack)).allSatisfy(pool -> {
            var config = Inputs.at(pool, "nodeConfig").orElseThrow();
            assertThat(Inputs.at(config, "shieldedInstanceConfig", "enableSecureBoot")
                            .orElseThrow()
                            .getAsBoolean())
                    .isTrue();
            assertThat(Inputs.at(config, "workloadMetadataConfig", "mode")
                            .orElseThrow()
                            .getAsString())
                    .isEqualTo("GKE_METADATA");
            assertThat(Inputs.at(config, "serviceAccount").orElseThrow().getAsString())
                    .isEqualTo(nodeAccount(stack, pool) + "@"
                            + stack.fleet().config().project() + ".iam.gserviceaccount.com");
        });
    }

    private static String nodeAccount(StackPreview stack, Registration pool) {
        var name = Inputs.text(pool, "nodeConfig", "labels", Pool.LABEL);
        var untrusted = stack.fleet().queues().stream()
                .anyMatch(queue ->
                        !queue.isTrusted() && queue.pool().orElseThrow().name().equals(name));
        var names = stack.fleet().names();
        return untrusted ? names.untrustedNodeAccount() : names.nodeAccount();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void jobsNodesAreTaintedAndTheSystemsAreNot(StackPreview stack) {
        assertThat(nodePools(stack)).allSatisfy(pool -> {
            var label = Inputs.text(pool, "nodeConfig", "labels", Pool.LABEL);
            var taints = Inputs.items(pool.inputs(), "nodeConfig", "taints");
            if (label.equals("system")) {
                assertThat(taints).isEmpty();
            } else {
                assertThat(taints).singleElement().satisfies(taint -> {
                    assertThat(taint.getAsJsonObject().get("key").getAsString()).isEqualTo(Pool.LABEL);
                    assertThat(taint.getAsJsonObject().get("value").getAsString())
                            .isEqualTo(label);
                });
            }
        });
    }

    @Test
    void preemptiblePoolsFallBackToOnDemand(PreviewedStacks previews) {
        var big = nodePool(previews.prod(), "pool-big-nodes");
        var fallback = nodePool(previews.prod(), "pool-big-fallback-nodes");
        assertThat(Inputs.text(big, "nodeConfig", "preemptible")).isEqualTo("true");
        assertThat(Inputs.text(fallback, "nodeConfig", "preemptible")).isEqualTo("false");
        assertThat(Inputs.text(fallback, "nodeConfig", "spot")).isEqualTo("false");
        assertThat(Inputs.at(fallback, "nodeConfig", "taints")).isEqualTo(Inputs.at(big, "nodeConfig", "taints"));
        assertThat(number(fallback, "autoscaling", "totalMinNodeCount")).isZero();
    }

    @Test
    void controllersLiveOnNodesThatAreNotTakenBack(PreviewedStacks previews) {
        assertThat(previews.all()).allSatisfy(stack -> {
            var system = nodePool(stack, "pool-system-nodes");
            assertThat(Inputs.text(system, "nodeConfig", "preemptible")).isEqualTo("false");
            assertThat(Inputs.text(system, "nodeConfig", "spot")).isEqualTo("false");
            assertThat(number(system, "autoscaling", "totalMinNodeCount")).isPositive();
        });
    }

    @Test
    void theBigAndTheLightPoolAreTheMachinesThatWereAskedFor(PreviewedStacks previews) {
        assertThat(previews.prod().fleet().pools())
                .filteredOn(pool -> List.of("big", "light").contains(pool.name()))
                .extracting(pool -> pool.machine().vcpus() + " cores, "
                        + pool.machine().memory().mebibytes() / 1024.0 + " GB")
                .containsExactlyInAnyOrder("8 cores, 30.0 GB", "1 cores, 3.75 GB");
    }

    private static List<Registration> nodePools(StackPreview stack) {
        return stack.plan().ofType("gcp:container/nodePool:NodePool");
    }

    private static Registration nodePool(StackPreview stack, String name) {
        return stack.plan().find("gcp:container/nodePool:NodePool", name).orElseThrow();
    }

    private static int number(Registration registration, Object... steps) {
        return Inputs.at(registration, steps).orElseThrow().getAsInt();
    }
}
