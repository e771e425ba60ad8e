package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.Fallback;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.config.value.Pipeline;
import io.buildkitefleet.config.value.PodSpecs;
import io.buildkitefleet.config.value.ReleaseChannel;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultsTest {
    private final FleetConfig config = read(Stacks.minimal());

    @Test
    void theFleetsNameBeginsWithTheStacks() {
        assertThat(config.name()).isEqualTo("bk-dev");
    }

    @Test
    void theClusterIsRegionalAndProtected() {
        assertThat(config.zones()).isEmpty();
        assertThat(config.protect()).isTrue();
        assertThat(config.labels()).isEmpty();
        assertThat(config.registryMirror()).isEmpty();
    }

    @Test
    void noPushAndNoForkIsTrusted() {
        assertThat(config.safeBuilds())
                .isEqualTo(new SafeBuildsConfig(List.of(), List.of(), List.of("build-authorized")));
    }

    @Test
    void noRuleIsWaived() {
        assertThat(config.waivers()).isEmpty();
    }

    @Test
    void theNetworkIsLargeEnoughForAThousandNodes() {
        assertThat(config.network())
                .isEqualTo(new NetworkConfig(
                        range("10.0.0.0/20"), range("10.4.0.0/14"), range("10.8.0.0/20"), range("172.16.0.0/28"), 1));
    }

    @Test
    void theClusterIsUpgradedAtWeekends() {
        assertThat(config.cluster().privateEndpoint()).isFalse();
        assertThat(config.cluster().releaseChannel()).isEqualTo(ReleaseChannel.REGULAR);
        assertThat(config.cluster().version()).isEmpty();
        assertThat(config.cluster().securityGroup()).isEmpty();
        assertThat(config.cluster().maintenance())
                .isEqualTo(new MaintenanceConfig(
                        List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), LocalTime.of(4, 0), 8, List.of()));
    }

    @Test
    void aPoolIsSpotWithAFallbackAndScalesToNothing() {
        var pool = config.pools().get("big");
        assertThat(pool.capacity()).isEqualTo(Capacity.SPOT);
        assertThat(pool.fallback()).isEqualTo(Fallback.ON_DEMAND);
        assertThat(pool.zones()).isEmpty();
        assertThat(pool.min()).isZero();
        assertThat(pool.diskGb()).isEqualTo(100);
        assertThat(pool.diskType()).isEmpty();
        assertThat(pool.size()).isEmpty();
        assertThat(pool.localSsds()).isZero();
        assertThat(pool.sandbox()).isEqualTo(Sandbox.NONE);
        assertThat(pool.imageStreaming()).isEmpty();
        assertThat(pool.accelerator()).isEmpty();
        assertThat(pool.load()).isEqualTo(new LoadConfig(10, 5, 50));
    }

    @Test
    void aPoolsLoadIsTheFleetsWhereItSaysNothingElse() {
        var stack = Stacks.minimal()
                .with("load", "{hoursADay: 24, daysAWeek: 7}")
                .with("pools.big.load", "{percentOfMax: 80}");

        assertThat(read(stack).pools().get("big").load()).isEqualTo(new LoadConfig(24, 7, 80));
    }

    @Test
    void theEstimateAssumesAMonthOfASmallTeam() {
        assertThat(config.usage())
                .isEqualTo(new UsageConfig(500, 50, 100, 100_000, 100_000, 100, 50, 5, 100_000, 10_000, 100, 20, 0));
    }

    @ParameterizedTest
    @CsvSource({"preemptible, ON_DEMAND", "spot, ON_DEMAND", "on-demand, NONE"})
    void onlyReclaimablePoolsFallBack(String capacity, Fallback fallback) {
        assertThat(read(Stacks.minimal().with("pools.big.capacity", capacity))
                        .pools()
                        .get("big")
                        .fallback())
                .isEqualTo(fallback);
    }

    @Test
    void anAcceleratorIsOneGpu() {
        var stack = Stacks.minimal().with("pools.big.accelerator", "{type: nvidia-tesla-t4}");

        assertThat(read(stack).pools().get("big").accelerator())
                .contains(new PoolConfig.Accelerator("nvidia-tesla-t4", 1));
    }

    @Test
    void aQueueIsTrustedCanNothingMoreAndHasANodeToItself() {
        assertThat(config.queues().get("big"))
                .isEqualTo(new QueueConfig(
                        "big",
                        Trust.TRUSTED,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        360,
                        Optional.empty(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        Optional.empty(),
                        PodSpecs.PROHIBITED,
                        List.of(),
                        Optional.empty()));
    }

    @Test
    void imagesAreBuiltByADaemonWhoseRootIsRoot() {
        var stack = Stacks.minimal().with("queues.big.can", "[docker]").with("queues.big.docker", "{}");

        assertThat(read(stack).queues().get("big").docker()).contains(DockerConfig.DEFAULT);
        assertThat(DockerConfig.DEFAULT).isEqualTo(new DockerConfig(DockerMode.DAEMON, false));
    }

    @Test
    void artifactsStayInTheRegionForAMonth() {
        assertThat(config.artifacts()).isEqualTo(new ArtifactsConfig("us-west1", 30));
    }

    @Test
    void thereAreNoCachesUnlessAskedAndThenNoServersUnlessAsked() {
        assertThat(config.caches()).isEmpty();
        assertThat(read(Stacks.minimal().with("caches", "{}")).caches())
                .contains(new CachesConfig(30, Optional.empty(), Optional.empty()));
        assertThat(read(Stacks.minimal().with("caches", "{bazel: {}, go: {}}")).caches())
                .contains(new CachesConfig(
                        30,
                        Optional.of(new CacheServerConfig(50, List.of())),
                        Optional.of(new CacheServerConfig(10, List.of()))));
    }

    @Test
    void thereIsNoMacAndNoCheckoutKeyUnlessAskedAndNodesKeepMirrors() {
        assertThat(config.mac()).isEmpty();
        assertThat(config.checkout())
                .isEqualTo(new CheckoutConfig(Optional.empty(), List.of(), GitMirror.NODE, Optional.empty()));
        assertThat(config.secretKeys()).containsExactly(FleetConfig.AGENT_TOKEN);
    }

    @Test
    void aMacServesTheQueueMacAndEveryBranchOfItsPipelines() {
        assertThat(read(Stacks.minimal().withMac()).mac())
                .contains(new MacConfig("mac", List.of(new Pipeline("app")), Optional.empty(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "zones", "labels", "network", "artifacts", "checkout", "pools.big.zones"})
    void aKeyWithNothingBehindItCountsAsLeftOut(String key) {
        assertThat(read(Stacks.minimal().with(key, "null"))).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource({"pools.big.max, 4.0", "pools.big.max, 4e0", "queues.big.trust, Trusted", "queues.big.trust, TRUSTED"})
    void aValueMayBeWrittenInAnotherWay(String key, String value) {
        assertThat(read(Stacks.minimal().with(key, value))).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource({"2, 2000", "0.5, 500", "250m, 250"})
    void cpuMayBeANumber(String written, int millis) {
        assertThat(read(Stacks.minimal().with("queues.big.cpu", written))
                        .queues()
                        .get("big")
                        .cpu())
                .contains(new Cpu(millis));
    }

    private static FleetConfig read(Stacks stack) {
        return FleetResolver.resolve(stack).config();
    }

    private static Cidr range(String text) {
        return Cidr.parse(text).orElseThrow();
    }
}
