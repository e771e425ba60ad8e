package io.buildkitefleet.cost;

import java.math.BigDecimal;

/**
 * What a month costs, in USD, by {@link Scenario}.
 *
 * @param priceDate day of the prices
 * @param isLowerBound whether something had no price
 */
public record MonthSums(
        String priceDate, String region, boolean isLowerBound, BigDecimal min, BigDecimal load, BigDecimal max) {}
