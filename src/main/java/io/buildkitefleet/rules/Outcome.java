package io.buildkitefleet.rules;

import java.util.List;

/** What a check found. */
public sealed interface Outcome {
    /** There was something to look at; it is good if there are no flaws. */
    record Looked(List<Flaw> flaws) implements Outcome {
        public Looked {
            flaws = List.copyOf(flaws);
        }
    }

    /** The plan has nothing that the rule speaks of. */
    record NotApplicable() implements Outcome {}

    /** Something is missing without which nobody can tell. */
    record NotChecked(String why) implements Outcome {}
}
