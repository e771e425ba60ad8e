package io.buildkitefleet.testing;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.Finding;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.rules.Waivers;
import java.time.LocalDate;

/** What the rules say of a stack, on a day on which its waivers run; a resource that no rule reads is a finding. */
public final class Assessments {
    private static final LocalDate DAY = LocalDate.parse("2026-12-01");

    private Assessments() {}

    public static Assessment of(StackPreview stack) {
        var plan = StackPlan.of(stack);
        return RuleSet.assess(plan, waivers(plan), true);
    }

    /** The same with the waivers of one rule alone. */
    public static Assessment of(StackPreview stack, String rule) {
        var plan = StackPlan.of(stack);
        var waivers = plan.waivers().stream()
                .filter(waiver -> waiver.rule().equals(rule))
                .toList();
        return RuleSet.assess(plan, Waivers.of(plan.stack(), waivers, DAY), true);
    }

    public static Waivers waivers(StackPlan plan) {
        return Waivers.of(plan.stack(), plan.waivers(), DAY);
    }

    /** In a line. */
    public static String told(Finding finding) {
        return finding.rule().id() + ": " + finding.resource() + " " + finding.detail();
    }
}
