package io.buildkitefleet.diff;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The cost of a month before and after, in USD.
 *
 * @param before none if the plan before carries no estimate, or there was no stack
 */
public record CostChange(Optional<Sums> before, Optional<Sums> after) {
    /**
     * One estimate.
     *
     * @param priceDate day of its prices
     * @param isLowerBound whether something had no price
     */
    public record Sums(
            String priceDate, String region, boolean isLowerBound, BigDecimal min, BigDecimal load, BigDecimal max) {}

    /** Whether the difference comes of the plan alone, and not of other prices. */
    public boolean isOfTheSamePrices() {
        return before.isPresent()
                && after.isPresent()
                && before.get().priceDate().equals(after.get().priceDate());
    }
}
