package io.buildkitefleet.review;

import io.buildkitefleet.rules.rule.Severity;
import java.util.List;

/**
 * What a change means for some stacks.
 *
 * @param base how what it is compared with was named
 */
public record Review(String base, List<StackReview> stacks) {
    public Review {
        stacks = List.copyOf(stacks);
    }

    /** Whether every stack could be compared. */
    public boolean isComplete() {
        return stacks.stream().allMatch(StackReview.Compared.class::isInstance);
    }

    /** Whether it adds a finding as bad as this, or worse. */
    public boolean addsAnyAt(Severity severity) {
        return stacks.stream()
                .anyMatch(stack -> stack instanceof StackReview.Compared compared
                        && compared.findings().addsAnyAt(severity));
    }
}
