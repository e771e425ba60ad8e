package io.buildkitefleet.fleet.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.fleet.Allocatable;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.NodeGroup;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.fleet.SystemPods;
import io.buildkitefleet.fleet.SystemPool;
import io.buildkitefleet.testing.Stacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolTest {
    @ParameterizedTest
    @EnumSource(
            value = Capacity.class,
            names = {"PREEMPTIBLE", "SPOT"})
    void reclaimablePoolsFallBackToOnDemand(Capacity capacity) {
        var pool = pool("{machineType: n1-standard-8, min: 1, max: 4, capacity: " + capacity + "}");

        assertThat(pool.primary()).isEqualTo(new NodeGroup("pool-big-nodes", capacity, 1, 4, 3));
        assertThat(pool.fallback()).contains(new NodeGroup("pool-big-fallback-nodes", Capacity.ON_DEMAND, 0, 4, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"capacity: on-demand", "capacity: spot, fallback: none"})
    void otherPoolsAreOneGroupOfNodes(String keys) {
        var pool = pool("{machineType: n1-standard-8, max: 4, " + keys + "}");

        assertThat(pool.groups()).hasSize(1).containsExactly(pool.primary());
        assertThat(pool.fallback()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "n1-standard-1, none, false",
        "n1-standard-2, none, false",
        "e2-standard-2, none, true",
        "n1-standard-8, none, true",
        "e2-standard-2, gvisor, false"
    })
    void imagesAreStreamedToNodesThatHaveTheMemory(String machine, String sandbox, boolean streamed) {
        var pool = pool("{max: 1, machineType: " + machine + ", sandbox: " + sandbox + "}");

        assertThat(pool.imageStreaming()).isEqualTo(streamed);
        assertThat(pool.system()).isEqualTo(Resources.of(499, streamed ? 954 + 300 : 954));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void imageStreamingIsAsThePoolSays(boolean streamed) {
        assertThat(pool("{machineType: n1-standard-1, max: 1, imageStreaming: " + streamed + "}")
                        .imageStreaming())
                .isEqualTo(streamed);
    }

    @Test
    void gpusTakeTheirPluginsShareOfTheNode() {
        var without = pool("{machineType: n1-standard-8, max: 1}");
        var with = pool("{machineType: n1-standard-8, max: 1, accelerator: {type: nvidia-tesla-t4, count: 2}}");

        assertThat(with.config().accelerator()).contains(new PoolConfig.Accelerator("nvidia-tesla-t4", 2));
        assertThat(with.forJobs()).isEqualTo(without.forJobs().minus(Resources.of(60, 60)));
        assertThat(with.podsForJobs()).as("its plugin and its metrics").isEqualTo(without.podsForJobs() - 2);
    }

    @Test
    void sandboxesHaveAPodForTheirMetrics() {
        var without = pool("{machineType: n1-standard-8, max: 1, imageStreaming: false}");
        var with = pool("{machineType: n1-standard-8, max: 1, sandbox: gvisor}");

        assertThat(with.podsForJobs()).isEqualTo(without.podsForJobs() - 1);
        assertThat(with.forJobs()).as("nobody says what it asks for").isEqualTo(without.forJobs());
    }

    @Test
    void aNodeKeepsAQuarterOfItsDiskForImagesAndLogs() {
        var pool = pool("{machineType: n1-standard-8, max: 1}");

        assertThat(pool.diskForJobs().mebibytes())
                .isEqualTo(pool.allocatable().disk().mebibytes() * 3 / 4);
    }

    @Test
    void zonesAndDisksAreAsThePoolSays() {
        var pool = pool(
                "{machineType: c3-standard-8, max: 1, zones: [us-west1-b], diskType: hyperdisk-balanced, diskGb: 64}");

        assertThat(pool.primary().zones()).isEqualTo(1);
        assertThat(pool.allocatable()).isEqualTo(Allocatable.of(pool.machine(), 64));
    }

    @ParameterizedTest
    @CsvSource({"1, false, 2, 3", "1, true, 1, 2", "100, false, 2, 9", "100, true, 1, 9"})
    void theSystemPoolGrowsWithTheQueues(int queues, boolean zonal, int min, int max) {
        var stack = Stacks.minimal().with("pools.big.max", "100").with("zones", zonal ? "[us-west1-a]" : "[]");
        for (int i = 1; i < queues; i++) {
            stack = stack.with("queues.q" + i, "{pool: big}");
        }
        var system = FleetResolver.resolve(stack).systemPool().orElseThrow();

        assertThat(system.groups())
                .containsExactly(new NodeGroup("pool-system-nodes", Capacity.ON_DEMAND, min, max, zonal ? 1 : 3));
        // GKE's own pods and a controller for each queue, on one node less than there may be.
        var needed = Resources.of(1000, 1024).plus(SystemPool.CONTROLLER.times(queues));
        assertThat(needed.fitsIn(system.forJobs().times(max - 1))).isTrue();
    }

    @Test
    void aSystemNodeRunsOutOfCpuBeforeItRunsOutOfPods() {
        var system = FleetResolver.resolve(Stacks.minimal()).systemPool().orElseThrow();

        assertThat(system.forJobs().holds(SystemPool.CONTROLLER)).isLessThan(system.podsForJobs());
    }

    /**
     * https://github.com/kubernetes-sigs/gcp-compute-persistent-disk-csi-driver/blob/v1.26.4/pkg/gce-pd-csi-driver/node.go
     */
    @Test
    void everyJobOfANodeCouldReadAnotherDisk() {
        var least = JobPod.LEAST.plus(JobPod.OVERHEAD);
        assertThat(MachineType.all())
                .filteredOn(machine -> machine.bootDisks().contains(MirrorDisks.DISK_TYPE))
                .filteredOn(machine ->
                        Allocatable.of(machine, 50).forJobs(false, false).cpu().millis() > 0)
                .allSatisfy(machine -> {
                    var forJobs = Allocatable.of(machine, 50).forJobs(false, false);
                    var jobs = Math.min(
                            forJobs.holds(least), Limit.PODS_OF_NODE.most() - SystemPods.countOnNode(false, false));
                    assertThat(jobs).as(machine.name()).isLessThanOrEqualTo(machine.sharedCore() ? 15 : 127);
                });
    }

    @Test
    void theSystemPoolGrowsWithTheCaches() {
        var stack = Stacks.minimal().with("zones", "[us-west1-a]");
        for (int i = 1; i < 14; i++) {
            stack = stack.with("queues.q" + i, "{pool: big}").with("pools.big.max", "14");
        }
        var without = FleetResolver.resolve(stack).systemPool().orElseThrow();
        var with = FleetResolver.resolve(stack.with("caches", "{bazel: {}, go: {}}"))
                .systemPool()
                .orElseThrow();

        assertThat(with.primary().max()).isGreaterThan(without.primary().max());
        var needed =
                Resources.of(1000, 1024).plus(SystemPool.CONTROLLER.times(14)).plus(CacheServer.RESOURCES.times(2));
        assertThat(needed.fitsIn(with.forJobs().times(with.primary().max() - 1)))
                .isTrue();
        assertThat(CacheServer.RESOURCES.fitsIn(with.forJobs())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | [] | 0 | 0 | 5",
                "[] | [] | 1 | 1 | 5",
                "[] | [] | 4 | 2 | 6",
                "[us-west1-a] | [] | 4 | 4 | 5",
                "[us-west1-a, us-west1-b] | [] | 3 | 2 | 5",
                "[us-west1-a, us-west1-b] | [us-west1-b] | 3 | 3 | 5",
            })
    void aPoolBeginsWithTheNodesThatItIsToKeep(String cluster, String zones, int min, int perZone, int most) {
        var pool = FleetResolver.resolve(Stacks.minimal()
                        .with("zones", cluster)
                        .with(
                                "pools.big",
                                "{machineType: n1-standard-8, capacity: on-demand, max: 4, min: " + min + ", zones: "
                                        + zones + "}"))
                .pools()
                .get(0);

        assertThat(pool.primary().startPerZone()).isEqualTo(perZone);
        assertThat(pool.primary().most()).as("nodes at a time").isEqualTo(most);
    }

    @ParameterizedTest
    @CsvSource({
        "12, pool-%s-nodes, pool-%s-fallback-nodes",
        "13, pool-%s-nodes, %s-fallback",
        "21, pool-%s-nodes, %s-fallback",
        "22, %s-pool, %s-fallback",
        "23, %s-pool, %s-fallback"
    })
    void namesOfNodePoolsAreShortEnoughForGke(int length, String primary, String fallback) {
        var name = "p".repeat(length);
        var pool = named(name, "capacity: spot");

        assertThat(pool.groups())
                .extracting(NodeGroup::name)
                .containsExactly(primary.replace("%s", name), fallback.replace("%s", name))
                .allMatch(node -> (node + "-1234567").length() <= 40, "with Pulumi's own characters at most 40");
    }

    @Test
    void aPoolWithoutFallbackMayHaveALongerName() {
        assertThat(named("p".repeat(27), "capacity: on-demand").primary().name())
                .isEqualTo("p".repeat(27) + "-pool");
    }

    private static Pool named(String name, String keys) {
        return FleetResolver.resolve(Stacks.minimal()
                        .with("pools", "{" + name + ": {machineType: n1-standard-8, max: 4, " + keys + "}}")
                        .with("queues.big.pool", name))
                .pools()
                .get(0);
    }

    private static Pool pool(String yaml) {
        return FleetResolver.resolve(Stacks.minimal().with("pools.big", yaml))
                .pools()
                .get(0);
    }
}
