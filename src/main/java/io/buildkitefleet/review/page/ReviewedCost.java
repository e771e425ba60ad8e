package io.buildkitefleet.review.page;

import io.buildkitefleet.cost.MonthSums;
import io.buildkitefleet.diff.CostChange;
import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.page.Block;
import io.buildkitefleet.page.Line;
import io.buildkitefleet.report.text.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** What a month costs before and after. */
final class ReviewedCost {
    private ReviewedCost() {}

    static List<Block> of(PlanDiff diff) {
        var cost = diff.cost();
        if (cost.after().isEmpty()) {
            return List.of(new Block.Paragraph(Line.of("Cost a month: unknown, the plan carries no estimate.")));
        }
        var table = Block.Table.of(
                "Cost a month, in USD",
                List.of("With nodes", "#Before", "#After", "#Difference"),
                List.of(
                        row(diff, "at the pools' min", MonthSums::min),
                        row(diff, "at the stack's load", MonthSums::load),
                        row(diff, "at the pools' max", MonthSums::max)));
        return List.of(table, new Block.Paragraph(prices(cost, cost.after().get())));
    }

    private static Line prices(CostChange cost, MonthSums after) {
        var line = Line.of("Prices of ").code(after.priceDate()).text(" in ").code(after.region());
        if (cost.before().isPresent()) {
            var before = cost.before().get();
            if (!before.priceDate().equals(after.priceDate())
                    || !before.region().equals(after.region())) {
                line = line.text(", before of ")
                        .code(before.priceDate())
                        .text(" in ")
                        .code(before.region());
            }
        }
        var unpriced = cost.unpriced();
        return line.text((unpriced.isEmpty() ? "" : "; " + unpriced) + ". Preemptible and spot prices move.");
    }

    private static List<Line> row(PlanDiff diff, String name, Function<MonthSums, BigDecimal> sum) {
        var before = diff.cost().before().map(sum);
        var after = sum.apply(diff.cost().after().orElseThrow());
        return List.of(
                Line.of(name),
                Line.of(diff.cost()
                        .before()
                        .map(old -> Money.sum(old, sum))
                        .orElse(diff.isNewStack() ? "-" : "unknown")),
                Line.of(Money.sum(diff.cost().after().orElseThrow(), sum)),
                Line.of(before.map(
                                old -> diff.cost().isComparable() ? Money.difference(after.subtract(old)) : "unknown")
                        .orElse("-")));
    }
}
