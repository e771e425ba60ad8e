package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Field;
import io.buildkitefleet.config.read.Section;

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
    private static final LoadConfig DEFAULT = new LoadConfig(10, 5, 50);

    static LoadConfig read(Section in) {
        return new LoadConfig(
                hours(in).orElse(DEFAULT.hoursADay),
                days(in).orElse(DEFAULT.daysAWeek),
                percent(in).orElse(DEFAULT.percentOfMax));
    }

    /** Of one pool, which is like the fleet's where it does not say otherwise. */
    static LoadConfig read(Section in, LoadConfig fleets) {
        return new LoadConfig(
                hours(in).orElse(fleets.hoursADay, "the fleet's"),
                days(in).orElse(fleets.daysAWeek, "the fleet's"),
                percent(in).orElse(fleets.percentOfMax, "the fleet's"));
    }

    private static Field.Value<Integer> hours(Section in) {
        return in.field("hoursADay", "Hours of work a day, for the cost estimate")
                .integer(0, 24);
    }

    private static Field.Value<Integer> days(Section in) {
        return in.field("daysAWeek", "Days of work a week").integer(0, 7);
    }

    private static Field.Value<Integer> percent(Section in) {
        return in.field("percentOfMax", "Nodes during these hours, on average, in percent of max")
                .integer(0, 100);
    }
}
