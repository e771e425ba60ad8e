package io.buildkitefleet.cost;

/**
 * Something that costs money, or may, and is in no sum.
 *
 * @param isGap whether the fleet has it and the price list lacks it: the sums are then lower bounds
 */
public record NotPriced(String what, String reason, boolean isGap) {}
