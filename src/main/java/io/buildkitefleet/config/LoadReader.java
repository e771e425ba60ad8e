package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Field;
import io.buildkitefleet.config.read.Section;

/** Reads how much work a month has. */
final class LoadReader {
    private LoadReader() {}

    static LoadConfig read(Section in) {
        try (in) {
            return new LoadConfig(
                    hours(in).orElse(LoadConfig.DEFAULT.hoursADay()),
                    days(in).orElse(LoadConfig.DEFAULT.daysAWeek()),
                    percent(in).orElse(LoadConfig.DEFAULT.percentOfMax()));
        }
    }

    /** Of one pool, which is like the fleet's where it does not say otherwise. */
    static LoadConfig read(Section in, LoadConfig fleets) {
        try (in) {
            return new LoadConfig(
                    hours(in).orElse(fleets.hoursADay(), "the fleet's"),
                    days(in).orElse(fleets.daysAWeek(), "the fleet's"),
                    percent(in).orElse(fleets.percentOfMax(), "the fleet's"));
        }
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
