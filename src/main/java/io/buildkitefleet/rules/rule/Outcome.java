package io.buildkitefleet.rules.rule;

import java.util.List;

/** What a check found. */
public sealed interface Outcome {
    /** There was something to look at; it is good if there are no flaws. */
    record Looked(List<Flaw> flaws) implements Outcome {
        public Looked {
            flaws = List.copyOf(flaws);
        }
    }

    /**
     * The plan has nothing that the rule speaks of.
     *
     * @param why what it has none of
     */
    record NotApplicable(String why) implements Outcome {}

    /** Something is missing without which nobody can tell. */
    record NotChecked(String why) implements Outcome {
        /** Why a rule that tells queues apart could not be held against a plan. */
        public static final String NOT_OUR_PLAN =
                "the plan does not say what the queues are; name its stack, or make it with ./fleet preview STACK --json";
    }
}
