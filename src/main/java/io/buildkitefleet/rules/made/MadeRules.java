package io.buildkitefleet.rules.made;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.plan.Origin;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;

/**
 * Whether a plan is what the program makes. The other rules know what a fleet must not be; this one knows what this
 * fleet is, and so sees whatever they have no opinion of.
 */
public final class MadeRules {
    public static final Rule AS_MADE = Rule.named(
                    "plan-as-made", HIGH, "The plan is what the program makes of the stack")
            .why(
                    "a plan may be of another commit, or changed since it was made; what it says otherwise may be what no rule"
                            + " looks for")
            .mend("make the plan anew from this commit, with ./fleet preview STACK --json or Pulumi's preview")
            .check(MadeRules::asMade);

    private static final String UNNAMED = "nobody can tell what the program makes; name its stack";

    private MadeRules() {}

    public static List<Rule> rules() {
        return List.of(AS_MADE);
    }

    private static Outcome asMade(PlannedStack stack) {
        if (stack.subjects().isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        var origin = stack.plan().origin();
        if (origin instanceof Origin.Compared compared) {
            return new Outcome.Looked(new Departures(stack.plan(), compared).flaws());
        }
        return origin instanceof Origin.File ? new Outcome.NotChecked(UNNAMED) : new Outcome.Looked(List.of());
    }
}
