package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.Capacity;
import io.buildkitefleet.config.DiskType;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
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

        assertThat(pool.primary()).isEqualTo(new NodeGroup("big", capacity, 1, 4));
        assertThat(pool.fallback()).contains(new NodeGroup("big-on-demand", Capacity.ON_DEMAND, 0, 4));
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

        assertThat(with.accelerator()).contains(new Pool.Accelerator("nvidia-tesla-t4", 2));
        assertThat(with.forJobs()).isEqualTo(without.forJobs().minus(Resources.of(60, 60)));
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

        assertThat(pool.zones()).isEqualTo(List.of("us-west1-b"));
        assertThat(pool.diskType()).isEqualTo(DiskType.HYPERDISK_BALANCED);
        assertThat(pool.diskGb()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({"1, false, 2, 3", "1, true, 1, 2", "100, false, 2, 9", "100, true, 1, 9"})
    void theSystemPoolGrowsWithTheQueues(int queues, boolean zonal, int min, int max) {
        var stack = Stacks.minimal().with("pools.big.max", "100").with("zones", zonal ? "[us-west1-a]" : "[]");
        for (int i = 1; i < queues; i++) {
            stack = stack.with("queues.q" + i, "{pool: big}");
        }
        var system = Fleet.from(stack).systemPool();

        assertThat(system.groups()).containsExactly(new NodeGroup("system", Capacity.ON_DEMAND, min, max));
        // GKE's own pods and a controller for each queue, on one node less than there may be.
        var needed = Resources.of(1000, 1024).plus(Resources.of(100, 100).times(queues));
        assertThat(needed.fitsIn(system.forJobs().times(max - 1))).isTrue();
    }

    @Test
    void theSystemPoolGrowsWithTheCaches() {
        var stack = Stacks.minimal().with("zones", "[us-west1-a]");
        for (int i = 1; i < 14; i++) {
            stack = stack.with("queues.q" + i, "{pool: big}").with("pools.big.max", "14");
        }
        var without = Fleet.from(stack).systemPool();
        var with = Fleet.from(stack.with("caches", "{bazel: {}, go: {}}")).systemPool();

        assertThat(with.primary().max()).isGreaterThan(without.primary().max());
        var needed =
                Resources.of(1000, 1024).plus(SystemPool.CONTROLLER.times(14)).plus(CacheServer.RESOURCES.times(2));
        assertThat(needed.fitsIn(with.forJobs().times(with.primary().max() - 1)))
                .isTrue();
        assertThat(CacheServer.RESOURCES.fitsIn(with.forJobs())).isTrue();
    }

    private static Pool pool(String yaml) {
        return Fleet.from(Stacks.minimal().with("pools.big", yaml)).pools().get(0);
    }
}
