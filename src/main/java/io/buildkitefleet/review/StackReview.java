package io.buildkitefleet.review;

import io.buildkitefleet.diff.PlanDiff;

/** What a change means for one stack. */
public sealed interface StackReview {
    String stack();

    /** It is good in itself, and this is what changes. */
    record Compared(PlanDiff diff, FindingChanges findings) implements StackReview {
        @Override
        public String stack() {
            return diff.stack();
        }

        public boolean changesNothing() {
            return diff.isEmpty()
                    && findings.added().isEmpty()
                    && findings.newlyWaived().isEmpty()
                    && findings.mended().isEmpty();
        }
    }

    /**
     * It cannot be previewed, with the change or at the base.
     *
     * @param side where
     * @param problem what is wrong, a problem a line
     */
    record NotCompared(String stack, Side side, String problem) implements StackReview {}

    /** One of the two that are compared. */
    enum Side {
        HEAD,
        BASE
    }
}
