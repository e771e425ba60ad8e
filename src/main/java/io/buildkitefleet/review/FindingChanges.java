package io.buildkitefleet.review;

import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.Finding;
import io.buildkitefleet.rules.rule.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * What a change does to the findings of a stack. A finding is the same before and after if its rule and its resource
 * are, and both were judged or neither; of several, those that say the same are paired first.
 *
 * @param added open, and not there before
 * @param newlyWaived waived, and not waived before
 * @param remaining open, and there before
 * @param mended open before, and not there any more; what could not be judged before was nothing to mend
 */
public record FindingChanges(
        List<Finding> added, List<Finding> newlyWaived, List<Finding> remaining, List<Finding> mended) {
    public FindingChanges {
        added = List.copyOf(added);
        newlyWaived = List.copyOf(newlyWaived);
        remaining = List.copyOf(remaining);
        mended = List.copyOf(mended);
    }

    /** Of a stack that was there before. */
    public static FindingChanges of(Assessment before, Assessment after) {
        var waived = new ArrayList<>(before.waived());
        var newlyWaived = withoutPartner(after.waived(), waived);
        var open = new ArrayList<>(before.open());
        var added = withoutPartner(after.open(), open);
        var remaining = new ArrayList<>(after.open());
        remaining.removeAll(added);
        open.removeIf(finding -> finding.isUnjudged() || newlyWaived.stream().anyMatch(other -> same(finding, other)));
        return new FindingChanges(added, newlyWaived, remaining, open);
    }

    /** Of a stack that was not there before. */
    public static FindingChanges ofNewStack(Assessment after) {
        return new FindingChanges(after.open(), after.waived(), List.of(), List.of());
    }

    /** Whether it adds anything as bad as this, or worse. */
    public boolean addsAnyAt(Severity severity) {
        return added.stream().anyMatch(finding -> finding.rule().severity().isAtLeast(severity));
    }

    /** Findings that are not among the others, from which their partners are taken away. */
    private static List<Finding> withoutPartner(List<Finding> findings, List<Finding> others) {
        return withoutPartner(withoutPartner(findings, others, FindingChanges::alike), others, FindingChanges::same);
    }

    private static List<Finding> withoutPartner(
            List<Finding> findings, List<Finding> others, BiPredicate<Finding, Finding> isPartner) {
        var alone = new ArrayList<Finding>();
        for (var finding : findings) {
            others.stream()
                    .filter(other -> isPartner.test(finding, other))
                    .findFirst()
                    .ifPresentOrElse(others::remove, () -> alone.add(finding));
        }
        return alone;
    }

    private static boolean alike(Finding one, Finding other) {
        return same(one, other) && one.detail().equals(other.detail());
    }

    private static boolean same(Finding one, Finding other) {
        return one.rule().id().equals(other.rule().id())
                && one.isUnjudged() == other.isUnjudged()
                && one.type().equals(other.type())
                && one.resource().equals(other.resource());
    }
}
