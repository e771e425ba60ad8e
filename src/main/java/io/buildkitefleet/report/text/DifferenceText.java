package io.buildkitefleet.report.text;

import io.buildkitefleet.cost.MonthSums;
import io.buildkitefleet.diff.CostChange;
import io.buildkitefleet.diff.PropertyChange;
import io.buildkitefleet.diff.QueueChange;
import io.buildkitefleet.diff.ResourceDifference;
import io.buildkitefleet.diff.ResourceDifference.Kind;
import io.buildkitefleet.diff.StackDifference;
import io.buildkitefleet.text.Listing;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** How two stacks differ, for a person: every resource, the queues and the cost. */
public final class DifferenceText {
    /** Two of them stand in one line. */
    private static final int LONGEST_VALUE = 50;

    private final StackDifference difference;
    private final Ansi ansi;

    public DifferenceText(StackDifference difference, Ansi ansi) {
        this.difference = difference;
        this.ansi = ansi;
    }

    @Override
    public String toString() {
        return Stream.of(heading(), resources(), queues(), cost())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String heading() {
        var counts = Arrays.stream(Kind.values())
                .filter(kind -> !difference.of(kind).isEmpty())
                .map(kind -> difference.of(kind).size() + " " + words(kind))
                .collect(Collectors.joining(", "));
        var names = difference.names().sentences();
        return ansi.string("@|bold " + difference.stack() + " beside " + difference.base() + "|@: "
                        + (counts.isEmpty() ? "no resource differs" : counts) + "\n")
                + (names.isEmpty() ? "" : "Taken for the same: " + Listing.of(names) + ".\n");
    }

    private String words(Kind kind) {
        return switch (kind) {
            case ONLY_IN_STACK -> "only in " + difference.stack();
            case ONLY_IN_BASE -> "only in " + difference.base();
            case DIFFERS -> difference.of(kind).size() == 1 ? "differs" : "differ";
        };
    }

    private String resources() {
        return difference.resources().stream().map(this::resource).collect(Collectors.joining());
    }

    private String resource(ResourceDifference resource) {
        var mark =
                switch (resource.kind()) {
                    case ONLY_IN_STACK -> ">  ";
                    case ONLY_IN_BASE -> "<  ";
                    case DIFFERS -> "≠  ";
                };
        var only = resource.kind() == Kind.DIFFERS ? "" : "  " + words(resource.kind());
        return mark + resource.name() + "  " + resource.type() + only + "\n"
                + resource.properties().stream().map(this::line).collect(Collectors.joining());
    }

    private String line(PropertyChange whole) {
        var property = whole.shortened(LONGEST_VALUE);
        return "    " + property.path() + ": " + sides(property.before(), property.after()) + "\n";
    }

    private String sides(String base, String stack) {
        return side(stack, difference.stack()) + "; " + side(base, difference.base());
    }

    private static String side(String value, String stack) {
        return stack + " " + (value.isEmpty() ? "none" : value);
    }

    private String queues() {
        return difference.queues().stream().map(this::queue).collect(Collectors.joining());
    }

    private String queue(QueueChange queue) {
        var start = "Queue " + queue.queue() + ": ";
        return switch (queue.kind()) {
            case NEW -> start + words(Kind.ONLY_IN_STACK) + "\n";
            case GONE -> start + words(Kind.ONLY_IN_BASE) + "\n";
            case CHANGED ->
                "Queue " + queue.queue() + ":\n"
                        + queue.fields().stream()
                                .map(field ->
                                        "    " + field.name() + ": " + sides(field.before(), field.after()) + "\n")
                                .collect(Collectors.joining());
        };
    }

    private String cost() {
        var cost = difference.cost();
        if (cost.before().isEmpty() || cost.after().isEmpty()) {
            return "";
        }
        var table = new Table(Set.of(1, 2, 3), "USD A MONTH", difference.stack(), difference.base(), "DIFFERENCE");
        row(table, "min", cost, MonthSums::min);
        row(table, "load", cost, MonthSums::load);
        row(table, "max", cost, MonthSums::max);
        var after = cost.after().get();
        return table + "Prices of " + after.priceDate() + " in " + after.region()
                + (cost.before().get().region().equals(after.region())
                        ? ""
                        : ", and in " + cost.before().get().region())
                + unpriced(cost) + ". Preemptible and spot prices move.\n";
    }

    private static void row(Table table, String name, CostChange cost, Function<MonthSums, BigDecimal> sum) {
        var stack = sum.apply(cost.after().orElseThrow());
        var base = sum.apply(cost.before().orElseThrow());
        table.row(
                name,
                Money.sum(cost.after().orElseThrow(), sum),
                Money.sum(cost.before().orElseThrow(), sum),
                cost.isComparable() ? Money.difference(stack.subtract(base)) : "unknown");
    }

    private String unpriced(CostChange cost) {
        var stacks = Stream.concat(
                        cost.after().stream().filter(MonthSums::isLowerBound).map(sums -> difference.stack()),
                        cost.before().stream().filter(MonthSums::isLowerBound).map(sums -> difference.base()))
                .toList();
        return stacks.isEmpty() ? "" : "; something in " + String.join(" and ", stacks) + " has no price";
    }
}
