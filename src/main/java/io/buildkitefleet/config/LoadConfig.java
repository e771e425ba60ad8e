package io.buildkitefleet.config;

/**
 * How much of a pool's nodes a month's work keeps busy: the rest of the time it holds its fewest nodes. Only the cost
 * estimate reads it.
 *
 * @param hoursADay hours of work on a working day
 * @param daysAWeek working days
 * @param percentOfMax nodes during these hours, on average, in percent of the pool's most
 */
public record LoadConfig(int hoursADay, int daysAWeek, int percentOfMax) {
    /** A team's working hours with half of the fleet busy: an assumption to replace by what a month has shown. */
    static final LoadConfig DEFAULT = new LoadConfig(10, 5, 50);
}
