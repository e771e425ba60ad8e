package io.buildkitefleet.cost;

import java.math.BigDecimal;

/**
 * What Google asks for one unit, in USD, without taxes and discounts.
 *
 * @param date of the figure, or "undated"
 * @param source where everybody can look it up
 */
public record Price(BigDecimal amount, String date, String source) {}
