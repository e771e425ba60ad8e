package io.buildkitefleet.report.text;

import io.buildkitefleet.cost.MonthSums;
import io.buildkitefleet.diff.CostChange;
import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.diff.PropertyChange;
import io.buildkitefleet.diff.QueueChange;
import io.buildkitefleet.diff.ResourceChange;
import io.buildkitefleet.diff.ResourceChange.Operation;
import io.buildkitefleet.resources.Effect;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** What changes, for a person: what is lost first, then every resource, the queues and the cost. */
public final class DiffText {
    /** A longer value is cut: the whole one is in the plan. */
    private static final int LONGEST_VALUE = 60;

    private final PlanDiff diff;
    private final Ansi ansi;

    public DiffText(PlanDiff diff, Ansi ansi) {
        this.diff = diff;
        this.ansi = ansi;
    }

    @Override
    public String toString() {
        return Stream.of(heading(), dangers(), changes(), queues(), cost())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String heading() {
        return ansi.string("@|bold " + diff.stack() + " against " + diff.base() + "|@: " + counts(diff) + "\n")
                + newness();
    }

    /** How many resources change in which way: {@code 3 to create, 1 to update}. */
    public static String counts(PlanDiff diff) {
        var counts = Arrays.stream(Operation.values())
                .filter(operation -> !diff.of(operation).isEmpty())
                .map(operation -> diff.of(operation).size() + " to " + verb(operation))
                .collect(Collectors.joining(", "));
        return counts.isEmpty() ? "no resource changes" : counts;
    }

    private String newness() {
        if (!diff.isNewStack()) {
            return "";
        }
        return diff.formerStack()
                .map(former -> "At the base it is the stack " + former + ", which Pulumi takes for another one: what is"
                        + " there stays, and all of this\nis made beside it. To go on with what is there, rename it with"
                        + " pulumi stack rename, and keep its names with `name`.\n")
                .orElse("There is no such stack at the base: everything is new.\n");
    }

    private String dangers() {
        return diff.dangers().stream()
                .map(change -> ansi.string("@|bold,red DANGER|@ ") + verb(change.operation()) + " " + change.name()
                        + ": " + change.danger() + "\n")
                .collect(Collectors.joining());
    }

    private String changes() {
        return diff.changes().stream().map(this::change).collect(Collectors.joining());
    }

    private String change(ResourceChange change) {
        var text = new StringBuilder(ansi.string(mark(change.operation())))
                .append(' ')
                .append(change.name())
                .append("  ")
                .append(change.type());
        if (!change.formerName().isEmpty()) {
            text.append("  was ").append(change.formerName());
        }
        text.append('\n');
        change.properties()
                .forEach(property -> text.append("    ").append(line(property)).append('\n'));
        return text.toString();
    }

    private String line(PropertyChange whole) {
        var property = whole.shortened(LONGEST_VALUE);
        var values = property.before().isEmpty()
                ? "now " + property.after()
                : property.after().isEmpty()
                        ? "was " + property.before()
                        : property.before() + " → " + property.after();
        return property.path() + ": " + values + effect(property.effect());
    }

    private String effect(Effect effect) {
        return switch (effect) {
            case UPDATE -> "";
            case MAY_REPLACE -> ansi.string("  @|yellow may replace|@");
            case REPLACE -> ansi.string("  @|red forces replacement|@");
        };
    }

    private static String mark(Operation operation) {
        return switch (operation) {
            case CREATE -> "@|green +|@ ";
            case UPDATE -> "@|yellow ~|@ ";
            case MAY_REPLACE -> "@|yellow ±?|@";
            case REPLACE -> "@|red ±|@ ";
            case DELETE -> "@|red -|@ ";
        };
    }

    public static String verb(Operation operation) {
        return switch (operation) {
            case CREATE -> "create";
            case UPDATE -> "update";
            case MAY_REPLACE -> "update or replace";
            case REPLACE -> "replace";
            case DELETE -> "delete";
        };
    }

    private String queues() {
        return diff.queues().stream().map(DiffText::queue).collect(Collectors.joining());
    }

    private static String queue(QueueChange queue) {
        return switch (queue.kind()) {
            case NEW -> "Queue " + queue.queue() + ": new\n";
            case GONE -> "Queue " + queue.queue() + ": gone; steps that ask for it will wait\n";
            case CHANGED ->
                "Queue " + queue.queue()
                        + queue.fields().stream()
                                .map(field -> field.name() + " " + none(field.before()) + " → " + none(field.after()))
                                .collect(Collectors.joining(", ", ": ", "\n"));
        };
    }

    private static String none(String text) {
        return text.isEmpty() ? "none" : text;
    }

    private String cost() {
        var cost = diff.cost();
        if (cost.after().isEmpty()) {
            return "Cost a month: unknown, the plan carries no estimate.\n";
        }
        var after = cost.after().get();
        var table = new Table(Set.of(1, 2, 3), "USD A MONTH", "BEFORE", "AFTER", "DIFFERENCE");
        row(table, "min", cost, MonthSums::min);
        row(table, "load", cost, MonthSums::load);
        row(table, "max", cost, MonthSums::max);
        return table + prices(cost, after);
    }

    private void row(Table table, String name, CostChange cost, Function<MonthSums, BigDecimal> sum) {
        var before = cost.before().map(sum);
        var after = sum.apply(cost.after().orElseThrow());
        table.row(
                name,
                cost.before().map(old -> Money.sum(old, sum)).orElse(diff.isNewStack() ? "-" : "unknown"),
                Money.sum(cost.after().orElseThrow(), sum),
                before.map(old -> cost.isComparable() ? Money.difference(after.subtract(old)) : "unknown")
                        .orElse("-"));
    }

    private static String prices(CostChange cost, MonthSums after) {
        var text = new StringBuilder("Prices of " + after.priceDate() + " in " + after.region());
        cost.before()
                .filter(before -> !cost.isOfTheSamePrices() || !before.region().equals(after.region()))
                .ifPresent(before -> text.append(", before of ")
                        .append(before.priceDate())
                        .append(" in ")
                        .append(before.region()));
        if (!cost.unpriced().isEmpty()) {
            text.append("; ").append(cost.unpriced());
        }
        return text.append(". Preemptible and spot prices move.\n").toString();
    }
}
