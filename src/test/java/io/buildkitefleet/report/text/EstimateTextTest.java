package io.buildkitefleet.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.cost.Scenario;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** What a person reads of sums that lack something. */
class EstimateTextTest {
    private static final Stacks ONE_NODE =
            Stacks.minimal().with("pools.big", "{machineType: n1-standard-8, capacity: on-demand, min: 1, max: 1}");

    @Test
    void whatHasNoPriceIsNotFree() {
        assertThat(text(ONE_NODE.with("region", "us-west9")))
                .containsPattern("(?m)^system +\\? +\\? +\\? +- +-$")
                .containsPattern("(?m)^big +\\? +\\? +\\? +- +-$")
                .containsPattern("(?m)^shared( +>= [\\d,.]+){3}$")
                .containsPattern("(?m)^sum( +>= [\\d,.]+){3}$")
                .containsPattern("(?m)^big +big +1 of 1 +\\? +\\? +\\?$");
    }

    /** Its disks have a price, and its machines none. */
    @Test
    void whatHasAPriceInPartIsALowerBound() {
        assertThat(text(ONE_NODE.with("pools.big.machineType", "n2-custom-8-30720")))
                .containsPattern("(?m)^big( +>= [\\d,.]+){3} +- +-$")
                .containsPattern("(?m)^big +big +1 of 1( +>= [\\d,.]+){3}$")
                .containsPattern("(?m)^system( +[\\d,.]+){3} +- +-$")
                .containsPattern("(?m)^shared( +[\\d,.]+){3}$")
                .containsPattern("(?m)^sum( +>= [\\d,.]+){3}$");
    }

    /** At min there is no node of it. */
    @Test
    void aSumToWhichNothingIsMissingIsWhole() {
        var none = ONE_NODE.with("pools.big", "{machineType: n2-custom-8-30720, capacity: on-demand, min: 0, max: 1}");
        assertThat(text(none, Scenario.MIN))
                .containsPattern("730 hours at min: [\\d,.]+ USD")
                .containsPattern("(?m)^sum +[\\d,.]+( +>= [\\d,.]+){2}$")
                .contains("NOT PRICED big: n2-custom-8-30720 on-demand");
        assertThat(text(none)).contains("730 hours at load: at least ");
        assertThat(new CostLine(FleetResolver.resolve(none)).toString())
                .containsPattern(
                        "Cost a month: at least [\\d,.]+ USD at load, [\\d,.]+ at min, at least [\\d,.]+ at max");
    }

    @Test
    void whereAllHasAPriceTheSumsAreWhole() {
        assertThat(text(ONE_NODE)).doesNotContain("at least", ">=", "?");
    }

    private static String text(Stacks stacks) {
        return text(stacks, Scenario.LOAD);
    }

    private static String text(Stacks stacks, Scenario scenario) {
        var estimate = new Estimator(PriceList.latest()).estimate(FleetResolver.resolve(stacks));
        return new EstimateText(estimate, scenario, Ansi.OFF).toString();
    }
}
