package io.buildkitefleet.testing;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.rules.Waivers;
import java.time.LocalDate;

/** What the rules say of a stack, on a day on which its waivers run. */
public final class Assessments {
    private static final LocalDate DAY = LocalDate.parse("2026-12-01");

    private Assessments() {}

    public static Assessment of(StackPreview stack) {
        var config = stack.fleet().config();
        return RuleSet.assess(StackPlan.of(stack), Waivers.of(config.stack(), config.waivers(), DAY));
    }
}
