package io.buildkitefleet.diff;

import io.buildkitefleet.cost.MonthSums;
import java.util.Optional;

/**
 * The cost of a month before and after, in USD.
 *
 * @param before none if the plan before carries no estimate, or there was no stack
 */
public record CostChange(Optional<MonthSums> before, Optional<MonthSums> after) {
    /** Whether the difference comes of the plan alone, and not of other prices. */
    public boolean isOfTheSamePrices() {
        return before.isPresent()
                && after.isPresent()
                && before.get().priceDate().equals(after.get().priceDate());
    }
}
