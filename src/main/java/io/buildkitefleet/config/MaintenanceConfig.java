package io.buildkitefleet.config;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.Notation;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * When Google may upgrade the cluster.
 *
 * @param days the days on which a window begins
 * @param start when it begins, in UTC
 * @param hours how long it lasts
 * @param freezes spans without any upgrade
 */
public record MaintenanceConfig(List<DayOfWeek> days, LocalTime start, int hours, List<Freeze> freezes) {
    private static final Notation<LocalTime> TIME =
            Notation.of(Pattern.compile("(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?"), MaintenanceConfig::time);

    static MaintenanceConfig read(Section in) {
        return new MaintenanceConfig(
                in.field("days", "Days on which a maintenance window begins")
                        .choices(DayOfWeek.class)
                        .orElse(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), "`saturday, sunday`"),
                in.field("start", "When a window begins, in UTC")
                        .parsed("a time of day such as \"04:00\"", LocalTime.MIDNIGHT, TIME)
                        .orElse(LocalTime.of(4, 0)),
                in.field("hours", "How long a window lasts")
                        .integer(Limit.MAINTENANCE_WINDOW.least(), Limit.MAINTENANCE_WINDOW.most())
                        .orElse(8),
                freezes(in));
    }

    /** GKE keeps them by name, so that of two with one name it would know the last only. */
    private static List<Freeze> freezes(Section in) {
        var freezes = in.list("freezes", Freeze::read);
        for (int i = 0; i < freezes.size(); i++) {
            var name = freezes.get(i).name();
            var at = in.place().at("freezes").item(i);
            if (freezes.stream().limit(i).anyMatch(other -> other.name().equals(name)) && !at.isInDoubt()) {
                at.add("name", "is the name of another freeze, got \"" + name + "\"");
            }
        }
        return freezes;
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    /** A span in which nothing is upgraded. */
    public record Freeze(String name, Instant from, Instant until) {
        /** What Pulumi makes of a date that stands in YAML without quotes. */
        private static final Pattern PULUMIS_DATE = Pattern.compile("^(\\S+) (\\S+) \\+0000 UTC$");

        private static final Notation<Instant> MOMENT = Notation.of(
                Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?:T\\d{2}:\\d{2}:\\d{2}Z| \\d{2}:\\d{2}:\\d{2} \\+0000 UTC)"),
                Freeze::moment);

        private static Freeze read(Section in) {
            var freeze = new Freeze(
                    in.field("name", "Why nothing may be upgraded then")
                            .text(Forms.LABEL, Forms.LABEL_WORDS)
                            .required(),
                    moment(in, "from", "Beginning of a span without upgrades"),
                    moment(in, "until", "End of that span"));
            if (!in.place().isInDoubt() && !freeze.from.isBefore(freeze.until)) {
                in.place().add("until", "must be later than from (" + freeze.from + ")");
            }
            return freeze;
        }

        private static Instant moment(Section in, String key, String doc) {
            return in.field(key, doc)
                    .parsed("a moment in UTC such as \"2027-12-20T00:00:00Z\"", Instant.EPOCH, MOMENT)
                    .required();
        }

        private static Optional<Instant> moment(String text) {
            try {
                return Optional.of(Instant.parse(PULUMIS_DATE.matcher(text).replaceFirst("$1T$2Z")));
            } catch (DateTimeException notAMoment) {
                return Optional.empty();
            }
        }
    }
}
