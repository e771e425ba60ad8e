package io.buildkitefleet.report.text;

import io.buildkitefleet.cost.Estimate;
import io.buildkitefleet.cost.Month;
import io.buildkitefleet.cost.NotPriced;
import io.buildkitefleet.cost.Price;
import io.buildkitefleet.cost.QueueCost;
import io.buildkitefleet.cost.Scenario;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** An estimate for a person, in 100 columns: one month line by line, then what it comes to by pool and queue. */
public final class EstimateText {
    private final Estimate estimate;
    private final Scenario scenario;
    private final Ansi ansi;

    /** @param scenario whose lines are shown */
    public EstimateText(Estimate estimate, Scenario scenario, Ansi ansi) {
        this.estimate = estimate;
        this.scenario = scenario;
        this.ansi = ansi;
    }

    @Override
    public String toString() {
        if (estimate.isOfNothing()) {
            return ansi.string(
                            "@|bold " + estimate.stack() + ": " + Money.amount(estimate.sum(scenario)) + " USD|@\n\n")
                    + String.join("\n", estimate.notes()) + "\n";
        }
        return heading() + "\n" + gaps() + lines() + "\n" + pools() + "\n" + queues() + "\n" + alternatives() + notes();
    }

    private String heading() {
        return ansi.string("@|bold " + estimate.stack() + ", " + Estimate.HOURS + " hours at " + name(scenario) + ": "
                + atLeast() + Money.amount(estimate.sum(scenario)) + " USD|@, list prices of " + estimate.priceDate()
                + " in " + estimate.region() + "\n");
    }

    private String atLeast() {
        return estimate.month(scenario).isLowerBound() ? "at least " : "";
    }

    /** What the fleet has and the price list lacks comes first: without it the sums that are marked are too small. */
    private String gaps() {
        return estimate.notPriced().stream()
                .filter(NotPriced::isGap)
                .map(gap -> ansi.string("@|bold,red NOT PRICED|@ ") + gap.what() + ": " + gap.reason() + "\n")
                .collect(Collectors.joining("", "", estimate.isLowerBound() ? "\n" : ""));
    }

    private String lines() {
        var table = new Table(
                Set.of(1, 3, 4),
                "AT " + name(scenario).toUpperCase(Locale.ROOT),
                "QUANTITY",
                "UNIT",
                "PRICE",
                "AMOUNT");
        for (var line : estimate.month(scenario).lines()) {
            table.row(
                    line.what(),
                    Money.quantity(line.quantity()),
                    line.unit(),
                    Money.quantity(line.price().amount()),
                    Money.amount(line.amount()));
        }
        table.row("sum", "", "", "", atLeast() + Money.amount(estimate.sum(scenario)));
        return table.toString();
    }

    private String pools() {
        var table = new Table(
                Set.of(1, 2, 3, 4, 5), "POOL", "MIN", "LOAD", "MAX", "LOAD, ALL ON-DEMAND", "MAX, ALL ON-DEMAND");
        for (var pool : estimate.pools()) {
            table.row(
                    pool.pool(),
                    sum(pool.pool(), pool.months(), Scenario.MIN),
                    sum(pool.pool(), pool.months(), Scenario.LOAD),
                    sum(pool.pool(), pool.months(), Scenario.MAX),
                    sum(pool.pool(), pool.onDemand(), Scenario.LOAD),
                    sum(pool.pool(), pool.onDemand(), Scenario.MAX));
        }
        table.row("shared", shared(Scenario.MIN), shared(Scenario.LOAD), shared(Scenario.MAX), "", "");
        table.row("sum", all(Scenario.MIN), all(Scenario.LOAD), all(Scenario.MAX), "", "");
        return table.toString();
    }

    private static String sum(String pool, List<Month> months, Scenario scenario) {
        return months.isEmpty()
                ? "-"
                : amount(
                        months.get(scenario.ordinal()).sumOf(pool),
                        months.get(scenario.ordinal()).isLowerBoundOf(pool));
    }

    private String shared(Scenario of) {
        var month = estimate.month(of);
        return amount(month.sumOf(""), month.isLowerBoundOf(""));
    }

    private String all(Scenario of) {
        return amount(estimate.sum(of), estimate.month(of).isLowerBound());
    }

    private String ofQueue(QueueCost queue, Scenario of) {
        return amount(queue.amounts().get(of), estimate.month(of).isLowerBoundOf(queue.pool()));
    }

    /** Nothing at all is known of what has no price and comes to nothing. */
    private static String amount(BigDecimal sum, boolean isLowerBound) {
        if (!isLowerBound) {
            return Money.amount(sum);
        }
        return sum.signum() == 0 ? "?" : ">= " + Money.amount(sum);
    }

    private String queues() {
        var table = new Table(Set.of(3, 4, 5), "QUEUE", "POOL", "ITS NODES", "MIN", "LOAD", "MAX");
        for (var queue : estimate.queues()) {
            table.row(
                    queue.queue(),
                    queue.pool(),
                    queue.nodes() + " of " + queue.ofNodes(),
                    ofQueue(queue, Scenario.MIN),
                    ofQueue(queue, Scenario.LOAD),
                    ofQueue(queue, Scenario.MAX));
        }
        return table.toString();
    }

    private String alternatives() {
        var table =
                new Table(Set.of(2, 3, 4), "POOL", "MACHINES AS LARGE", "AN HOUR", "AT LOAD", "SAVES", "A JOB GETS");
        var pool = "";
        for (var alternative : estimate.alternatives()) {
            var present = !alternative.pool().equals(pool);
            pool = alternative.pool();
            table.row(
                    present ? pool : "",
                    alternative.machineType(),
                    Money.quantity(alternative.hour().amount()),
                    Money.amount(alternative.month()),
                    present ? "now" : Money.amount(alternative.saving()),
                    alternative.job());
        }
        return table.isEmpty() ? "" : table + "\n";
    }

    private String notes() {
        var text = new StringBuilder();
        estimate.notes().forEach(note -> text.append(note).append('\n'));
        text.append(
                "Quantities that no configuration says are assumed: the keys load and usage.\n\nNot in the sums:\n");
        estimate.notPriced().stream().filter(thing -> !thing.isGap()).forEach(thing -> text.append("- ")
                .append(thing.what())
                .append(": ")
                .append(thing.reason())
                .append('\n'));
        return text.append("\nPrices: ").append(sources()).append('\n').toString();
    }

    private String sources() {
        return estimate.month(scenario).lines().stream()
                .map(line -> source(line.price()))
                .distinct()
                .collect(Collectors.joining("\n        "));
    }

    private static String source(Price price) {
        return price.source() + " (" + price.date() + ")";
    }

    private static String name(Scenario scenario) {
        return scenario.name().toLowerCase(Locale.ROOT);
    }
}
