package io.buildkitefleet.review.page;

import io.buildkitefleet.cost.MonthSums;
import io.buildkitefleet.diff.PlanDiff;
import io.buildkitefleet.page.Line;
import io.buildkitefleet.report.text.Money;
import io.buildkitefleet.review.FindingChanges;
import io.buildkitefleet.review.StackReview;
import io.buildkitefleet.review.StackReview.Side;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change means for a stack, in one line. */
final class ReviewVerdict {
    private static final String PER_MONTH = " USD a month at the stack's load";

    private ReviewVerdict() {}

    static Line of(StackReview review) {
        if (review instanceof StackReview.Compared compared) {
            return of(compared);
        }
        if (((StackReview.NotCompared) review).side() == Side.BASE) {
            return Line.of("")
                    .strong("Not compared")
                    .text(": ")
                    .code(review.stack())
                    .text(" can be previewed, but not at the base. What is wrong there stands below.");
        }
        return Line.of("")
                .strong("Wrong configuration")
                .text(": ")
                .code(review.stack())
                .text(" cannot be previewed, so nothing can be said of what changes. What is wrong stands below.");
    }

    private static Line of(StackReview.Compared compared) {
        if (compared.changesNothing()) {
            return Line.of("")
                    .strong("Nothing changes")
                    .text(" in ")
                    .code(compared.stack())
                    .text(".");
        }
        var words = Stream.of(
                        former(compared.diff()),
                        changes(compared.diff()),
                        cost(compared.diff()),
                        findings(compared.findings()))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; ", ": ", "."));
        return Line.of("")
                .strong(word(compared))
                .text(compared.diff().isNewStack() ? " " : " in ")
                .code(compared.stack())
                .text(words);
    }

    private static String former(PlanDiff diff) {
        return diff.formerStack()
                .map(former -> "at the base it is " + former + ", which stays")
                .orElse("");
    }

    private static String word(StackReview.Compared compared) {
        if (!compared.diff().dangers().isEmpty()) {
            return "State at risk";
        }
        if (compared.diff().isNewStack()) {
            return "New stack";
        }
        return compared.findings().added().isEmpty() ? "Changes" : "Changes that break rules";
    }

    private static String changes(PlanDiff diff) {
        var number = count(diff.changes().size(), "resource changes", "resources change");
        var dangers = diff.dangers().size();
        return switch (dangers) {
            case 0 -> number;
            case 1 -> number + ", 1 of them replaces or deletes what is protected or holds state";
            default -> number + ", " + dangers + " of them replace or delete what is protected or holds state";
        };
    }

    private static String cost(PlanDiff diff) {
        var cost = diff.cost();
        if (cost.after().isEmpty()) {
            return "";
        }
        if (cost.before().isEmpty()) {
            return Money.sum(cost.after().get(), MonthSums::load) + PER_MONTH;
        }
        if (!cost.isComparable()) {
            return "how much more or less it costs a month is unknown: " + cost.unpriced();
        }
        var more = cost.after().get().load().subtract(cost.before().get().load());
        return more.signum() == 0 ? "the same cost a month at the stack's load" : Money.difference(more) + PER_MONTH;
    }

    private static String findings(FindingChanges findings) {
        return Stream.of(
                        count(findings.added().size(), "new finding", "new findings"),
                        count(findings.newlyWaived().size(), "finding newly waived", "findings newly waived"),
                        count(findings.mended().size(), "finding mended", "findings mended"))
                .filter(part -> !part.startsWith("0 "))
                .collect(Collectors.joining(", "));
    }

    private static String count(int number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }
}
