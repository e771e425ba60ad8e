package io.buildkitefleet.diff;

import io.buildkitefleet.cost.MonthSums;
import java.util.Optional;

/**
 * The cost of a month before and after, in USD.
 *
 * @param before none if the plan before carries no estimate, or there was no stack
 */
public record CostChange(Optional<MonthSums> before, Optional<MonthSums> after) {
    /** Whether a difference says anything: what has no price on one side may be more than all the rest. */
    public boolean isComparable() {
        return before.isPresent()
                && after.isPresent()
                && !before.get().isLowerBound()
                && !after.get().isLowerBound();
    }

    /** On which sides something has no price, for a sentence; empty if on none. */
    public String unpriced() {
        var wasBound = before.filter(MonthSums::isLowerBound).isPresent();
        var isBound = after.filter(MonthSums::isLowerBound).isPresent();
        if (wasBound && isBound) {
            return "something has no price, before and after, so that both cost more";
        }
        if (wasBound) {
            return "something had no price before, so that it cost more";
        }
        return isBound ? "something has no price, so that it costs more" : "";
    }

    /** Whether the difference comes of the plan alone, and not of other prices. */
    public boolean isOfTheSamePrices() {
        return before.isPresent()
                && after.isPresent()
                && before.get().priceDate().equals(after.get().priceDate());
    }
}
