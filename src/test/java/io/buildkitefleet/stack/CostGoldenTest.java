package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.cost.Scenario;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.report.json.EstimateJson;
import io.buildkitefleet.report.text.EstimateText;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.PreviewedStacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine.Help.Ansi;

/** What a person sees of the cost of both stacks. */
@ExtendWith(PreviewedStacks.Extension.class)
class CostGoldenTest {
    @Test
    void devCostsWhatWasAgreed(PreviewedStacks previews) {
        Golden.named("dev-cost.txt").matches(text(previews.dev()));
    }

    @Test
    void prodCostsWhatWasAgreed(PreviewedStacks previews) {
        Golden.named("prod-cost.txt").matches(text(previews.prod()));
    }

    @Test
    void theTextFitsATerminalExceptForLinks(PreviewedStacks previews) {
        assertThat(previews.all().flatMap(preview -> text(preview).lines()))
                .filteredOn(line -> !line.contains("https://"))
                .allMatch(line -> line.length() <= 100);
    }

    @Test
    void theTextSaysWhereTheSumBegins(PreviewedStacks previews) {
        assertThat(text(previews.dev())).contains("list prices of 2026-07-30 in us-west1", "prices move", "taxes");
        assertThat(text(previews.prod())).contains("NOT PRICED artifacts written", "at least");
    }

    @Test
    void jsonHasTheSumsOfEveryMonth(PreviewedStacks previews) {
        var estimate = new Estimator(PriceList.latest()).estimate(previews.dev().fleet());
        var json = EstimateJson.of(estimate);

        assertThat(json.getAsJsonObject("sums").get("max").getAsBigDecimal())
                .isEqualByComparingTo(estimate.sum(Scenario.MAX));
        assertThat(json.getAsJsonObject("months").getAsJsonArray("min"))
                .hasSameSizeAs(estimate.month(Scenario.MIN).lines());
    }

    private static String text(StackPreview preview) {
        var estimate = new Estimator(PriceList.latest()).estimate(preview.fleet());
        return new EstimateText(estimate, Scenario.LOAD, Ansi.OFF).toString();
    }
}
