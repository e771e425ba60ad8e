package io.buildkitefleet.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cloud.MachineType;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a month comes to; the sums are worked out by hand from the price list. */
class EstimatorTest {
    private static final Stacks TWENTY_BIG = Stacks.minimal()
            .with("pools.big", "{machineType: n1-standard-8, capacity: on-demand, max: 20, diskGb: 200}");

    /** 20 nodes × 730 h × 0.379998 = 5,547.9708, and 20 × 200 GB × 0.10 = 400. */
    @Test
    void twentyBigMachinesOnDemandAllMonthCostFiveAndAHalfThousand() {
        var month = estimate(TWENTY_BIG).month(Scenario.MAX);

        assertThat(line(month, "big: n1-standard-8 on-demand").amount()).isEqualByComparingTo("5547.97");
        assertThat(month.sumOf("big")).isEqualByComparingTo("5947.97");
    }

    /** 20 × 730 h × 0.13402 = 1,956.692. */
    @ParameterizedTest
    @EnumSource(
            value = Capacity.class,
            names = {"PREEMPTIBLE", "SPOT"})
    void preemptibleAndSpotMachinesCostTheSame(Capacity capacity) {
        var estimate = estimate(TWENTY_BIG.with("pools.big.capacity", Spelling.of(capacity)));
        var pool = estimate.pools().get(1);

        assertThat(pool.months().get(2).lines().get(0).amount()).isEqualByComparingTo("1956.69");
        assertThat(pool.onDemand().get(2).sum()).isEqualByComparingTo("5947.97");
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyAmountIsTheProductOfWhatIsPrinted(Scenario scenario) {
        var month = estimate(Stacks.full()).month(scenario);

        assertThat(month.lines()).isNotEmpty().allSatisfy(line -> assertThat(line.quantity()
                        .multiply(line.price().amount())
                        .subtract(line.amount())
                        .abs())
                .isLessThanOrEqualTo(new BigDecimal("0.005")));
        assertThat(month.sum())
                .isEqualByComparingTo(
                        month.lines().stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** 12 h × 5 days of 168 h a week: 0.4 × 20 nodes × 60 × 730 / 168 = 2,085.7 h. */
    @Test
    void aPoolWithoutFewestNodesExistsOnlyDuringItsWork() {
        var stack = TWENTY_BIG.with("load", "{hoursADay: 12, daysAWeek: 5, percentOfMax: 40}");

        assertThat(line(estimate(stack).month(Scenario.LOAD), "big: n1-standard-8 on-demand")
                        .quantity())
                .isEqualByComparingTo("2086");
    }

    /** 2 nodes all month, and 8 more during 60 of 168 hours. */
    @Test
    void theFewestNodesArePaidForAllMonth() {
        var stack = TWENTY_BIG
                .with("pools.big.min", "2")
                .with("pools.big.load", "{hoursADay: 12, daysAWeek: 5, percentOfMax: 50}");

        assertThat(line(estimate(stack).month(Scenario.LOAD), "big: n1-standard-8 on-demand")
                        .quantity())
                .isEqualByComparingTo("3546");
    }

    @Test
    void aFleetWithoutWorkHasNoDisksOfItsJobs() {
        assertThat(estimate(TWENTY_BIG).month(Scenario.MIN).sumOf("big")).isEqualByComparingTo("0");
    }

    /** 2 of 20 nodes during working hours would be fewer than the 5 that are always there. */
    @Test
    void aLoadBelowTheFewestNodesIsTheFewestNodes() {
        var stack = TWENTY_BIG.with("pools.big.min", "5").with("pools.big.load", "{percentOfMax: 10}");
        var estimate = estimate(stack);

        assertThat(estimate.month(Scenario.LOAD).sumOf("big"))
                .isEqualByComparingTo(estimate.month(Scenario.MIN).sumOf("big"));
    }

    @Test
    void gpusAreCountedBesideTheirMachines() {
        var month = estimate(Stacks.full()).month(Scenario.MAX);

        assertThat(line(month, "gpu: nvidia-tesla-t4 spot").quantity()).isEqualByComparingTo("2920");
        assertThat(line(month, "gpu: nvidia-tesla-t4 spot").price().amount()).isEqualByComparingTo("0.175");
    }

    @Test
    void natIsPaidByTheNodeUpToThirtyTwo() {
        var few = estimate(TWENTY_BIG).month(Scenario.MAX);
        var many = estimate(TWENTY_BIG.with("pools.big.max", "100")).month(Scenario.MAX);

        assertThat(line(few, "NAT: nodes").quantity()).isEqualByComparingTo("16790");
        assertThat(line(many, "NAT: more than 32 nodes").amount()).isEqualByComparingTo("32.70");
    }

    @Test
    void theQueuesOfAPoolAddUpToIt() {
        var estimate = estimate(Stacks.full());
        var sum = estimate.queues().stream()
                .filter(queue -> queue.pool().equals("big"))
                .map(queue -> queue.amounts().get(Scenario.LOAD))
                .reduce(BigDecimal.ZERO, BigDecimal::add);

        assertThat(sum)
                .isPositive()
                .isEqualByComparingTo(estimate.month(Scenario.LOAD).sumOf("big"));
    }

    @ParameterizedTest
    @CsvSource({
        "n2-custom-8-30720, us-west1",
        "n4-custom-8-30720, us-west1",
        "m4-megamem-28, us-west1",
        "n1-standard-8, us-west9"
    })
    void whatHasNoPriceIsSaidAndMakesTheSumALowerBound(String machineType, String region) {
        var stack = TWENTY_BIG.with("pools.big.machineType", machineType).with("region", region);
        var estimate = estimate(stack);

        assertThat(estimate.isLowerBound()).isTrue();
        assertThat(estimate.notPriced())
                .filteredOn(NotPriced::isGap)
                .extracting(NotPriced::what)
                .contains("big: " + machineType + " on-demand");
    }

    @Test
    void aDiskWithoutAPriceMakesTheSumALowerBound() {
        var estimate = estimate(TWENTY_BIG.with("pools.big.machineType", "n4-standard-8"));

        assertThat(estimate.isLowerBound()).isTrue();
        assertThat(estimate.notPriced())
                .filteredOn(NotPriced::isGap)
                .extracting(NotPriced::what)
                .containsExactly("big: hyperdisk-balanced of 200 GB a node");
    }

    @Test
    void aFleetWithAPriceForEverythingIsNoLowerBound() {
        assertThat(estimate(TWENTY_BIG).isLowerBound()).isFalse();
    }

    @Test
    void theCheapestMachinesOfTheSameSizeAreNamed() {
        var stack = TWENTY_BIG.with("pools.big.capacity", "preemptible");

        assertThat(estimate(stack).alternatives())
                .extracting(Alternative::machineType)
                .containsExactly("n1-standard-8", "c3d-standard-8", "n2d-standard-8", "c3-standard-8");
    }

    /** The advice depends on the place: in us-east4 the cheapest are of another series. */
    @Test
    void anotherRegionHasOtherAdvice() {
        var stack = TWENTY_BIG.with("pools.big.capacity", "preemptible").with("region", "us-east4");

        assertThat(estimate(stack).alternatives().get(1).machineType()).isEqualTo("c2d-standard-8");
    }

    @Test
    void aJobOfTheSmallestMachineGetsLessThanHalfACore() {
        var stack = Stacks.minimal().with("pools.big.machineType", "n1-standard-1");
        var alternatives = estimate(stack).alternatives();

        assertThat(alternatives.get(0).job()).isEqualTo("366m 1460Mi");
        assertThat(alternatives)
                .filteredOn(alternative -> alternative.machineType().equals("n2d-standard-2"))
                .singleElement()
                .satisfies(twice -> {
                    assertThat(twice.saving()).isNegative();
                    assertThat(twice.job()).isEqualTo("1356m 4559Mi");
                });
    }

    @Test
    void aGpuKeepsItsMachineToTheSeriesThatTakesIt() {
        assertThat(estimate(Stacks.full()).alternatives())
                .filteredOn(alternative -> alternative.pool().equals("gpu"))
                .extracting(Alternative::machineType)
                .isNotEmpty()
                .allMatch(type -> type.startsWith("n1-"));
    }

    @Test
    void noOtherArchitectureAndNoOtherKindOfDiskIsAdvised() {
        assertThat(estimate(TWENTY_BIG).alternatives())
                .extracting(Alternative::machineType)
                .noneMatch(type -> type.matches("(t2a|c4a|n4a|n4|n4d|c4|c4d)-.*"));
        assertThat(estimate(TWENTY_BIG.with("pools.big.machineType", "c4a-standard-8"))
                        .alternatives())
                .extracting(Alternative::machineType)
                .hasSizeGreaterThan(1)
                .allMatch(type -> type.matches("(c4a|n4a)-.*"));
    }

    @Test
    void aMachineThatIsPricedAsAWholeHasNoLineOfItsGpus() {
        var stack = TWENTY_BIG
                .with("region", "us-central1")
                .with(
                        "pools.big",
                        "{machineType: a2-ultragpu-1g, capacity: on-demand, max: 1, diskType: pd-ssd, "
                                + "accelerator: {type: nvidia-a100-80gb, count: 1}}");
        var lines = estimate(stack).month(Scenario.MAX).lines();

        assertThat(lines)
                .filteredOn(line -> line.pool().equals("big"))
                .extracting(Line::what)
                .containsExactly("big: a2-ultragpu-1g with its GPUs on-demand", "big: pd-ssd of 100 GB a node");
    }

    @Test
    void onlyAZonalClusterMayHaveTheCredit() {
        assertThat(estimate(TWENTY_BIG.with("zones", "[us-west1-a]")).notes()).anyMatch(note -> note.contains("74.40"));
        assertThat(estimate(TWENTY_BIG).notes()).noneMatch(note -> note.contains("74.40"));
    }

    @Test
    void everyMachineTypeThatTheListKnowsHasAPriceInTheUs() {
        // A premium that the list does not tell apart, and a type that is not for sale there.
        var unpriced = List.of("m4", "m4n");

        assertThat(MachineType.all())
                .filteredOn(machine -> !unpriced.contains(machine.series()))
                .filteredOn(machine -> !machine.name().startsWith("a3-megagpu"))
                .hasSizeGreaterThan(450)
                .allMatch(machine -> PriceList.latest()
                        .machine(machine, Capacity.ON_DEMAND, "us-central1")
                        .isPresent());
    }

    private static Estimate estimate(Stacks stack) {
        return new Estimator(PriceList.latest()).estimate(FleetResolver.resolve(stack));
    }

    private static Line line(Month month, String what) {
        return month.lines().stream()
                .filter(line -> line.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
