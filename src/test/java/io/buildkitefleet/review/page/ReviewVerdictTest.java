package io.buildkitefleet.review.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.cost.MonthSums;
import io.buildkitefleet.diff.CostChange;
import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.diff.QueueChange;
import io.buildkitefleet.page.Html;
import io.buildkitefleet.page.Markdown;
import io.buildkitefleet.page.Page;
import io.buildkitefleet.review.FindingChanges;
import io.buildkitefleet.review.Review;
import io.buildkitefleet.review.StackReview;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewVerdictTest {
    private static final MonthSums WHOLE = sums(false, "10.00");
    private static final MonthSums LACKING = sums(true, "4.00");

    @Test
    void aDifferenceOfWholeSumsIsSaid() {
        assertThat(headline(Optional.of(WHOLE), sums(false, "12.50")))
                .contains("; +2.50 USD a month at the stack's load.");
    }

    @Test
    void ofASumThatLacksAPriceNoDifferenceIsSaid() {
        assertThat(headline(Optional.of(WHOLE), LACKING))
                .contains("how much more or less it costs a month is unknown: something has no price, so that it costs")
                .doesNotContain("6.00", "USD");
        assertThat(headline(Optional.of(LACKING), WHOLE)).contains("unknown: something had no price before");
    }

    @Test
    void sumsThatLackAPriceAreNotTheSame() {
        assertThat(headline(Optional.of(LACKING), LACKING))
                .contains("is unknown: something has no price, before and after")
                .doesNotContain("the same cost");
    }

    @Test
    void aNewStackThatLacksAPriceCostsAtLeastItsSum() {
        assertThat(headline(Optional.empty(), LACKING)).contains("; at least 4.00 USD a month at the stack's load.");
        assertThat(headline(Optional.empty(), WHOLE)).contains("; 10.00 USD a month at the stack's load.");
    }

    @Test
    void thePageSaysWhatTheCommentSays() {
        assertThat(Html.of(page(Optional.of(WHOLE), LACKING))).contains("is unknown: something has no price");
    }

    private static String headline(Optional<MonthSums> before, MonthSums after) {
        return Markdown.of(page(before, after), Integer.MAX_VALUE)
                .lines()
                .filter(line -> line.startsWith("- "))
                .findFirst()
                .orElseThrow();
    }

    private static Page page(Optional<MonthSums> before, MonthSums after) {
        var diff = new PlanDiff(
                "dev",
                "main",
                before.isEmpty(),
                Optional.empty(),
                List.of(),
                List.of(new QueueChange(QueueChange.Kind.NEW, "big", List.of())),
                new CostChange(before, Optional.of(after)));
        var nothing = new FindingChanges(List.of(), List.of(), List.of(), List.of());
        return ReviewPage.of(new Review("main", List.of(new StackReview.Compared(diff, nothing))));
    }

    private static MonthSums sums(boolean isLowerBound, String load) {
        return new MonthSums(
                "2026-07-30", "us-west1", isLowerBound, BigDecimal.ONE, new BigDecimal(load), BigDecimal.TEN);
    }
}
