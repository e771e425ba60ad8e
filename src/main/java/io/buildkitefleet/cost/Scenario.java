package io.buildkitefleet.cost;

/** How busy the fleet is in the month that is estimated. */
public enum Scenario {
    /** Every pool at its fewest nodes, all month. */
    MIN,
    /** As busy as the configuration says. */
    LOAD,
    /** Every pool at its most nodes, all month. */
    MAX
}
