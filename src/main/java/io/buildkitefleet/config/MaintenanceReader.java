package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.read.Section;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads when the cluster may be upgraded. */
final class MaintenanceReader {
    /** What Pulumi makes of a date that stands in YAML without quotes. */
    private static final Pattern PULUMIS_DATE = Pattern.compile("^(\\S+) (\\S+) \\+0000 UTC$");

    private final Problems problems;

    MaintenanceReader(Problems problems) {
        this.problems = problems;
    }

    MaintenanceConfig read(Section in) {
        try (in) {
            return new MaintenanceConfig(
                    in.field("days", "Days on which a maintenance window begins")
                            .choices(DayOfWeek.class)
                            .orElse(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), "`saturday, sunday`"),
                    in.field("start", "When a window begins, in UTC")
                            .parsed("a time of day such as \"04:00\"", LocalTime.MIDNIGHT, MaintenanceReader::time)
                            .orElse(LocalTime.of(4, 0)),
                    in.field("hours", "How long a window lasts").integer(4, 24).orElse(8),
                    freezes(in.list("freezes")));
        }
    }

    /** GKE keeps them by name, so that of two with one name it would know the last only. */
    private List<MaintenanceConfig.Freeze> freezes(List<Section> sections) {
        var freezes = new ArrayList<MaintenanceConfig.Freeze>();
        for (var section : sections) {
            var freeze = freeze(section);
            if (freezes.stream().anyMatch(other -> other.name().equals(freeze.name()))
                    && !problems.touch(section.path())) {
                problems.add(section.path() + ".name", "is the name of another freeze, got \"" + freeze.name() + "\"");
            }
            freezes.add(freeze);
        }
        return freezes;
    }

    private MaintenanceConfig.Freeze freeze(Section in) {
        try (in) {
            var freeze = new MaintenanceConfig.Freeze(
                    in.field("name", "Why nothing may be upgraded then")
                            .text(Forms.LABEL, Forms.LABEL_WORDS)
                            .required(),
                    instant(in, "from", "Beginning of a span without upgrades"),
                    instant(in, "until", "End of that span"));
            if (!problems.touch(in.path()) && !freeze.from().isBefore(freeze.until())) {
                problems.add(in.path() + ".until", "must be later than from (" + freeze.from() + ")");
            }
            return freeze;
        }
    }

    private static Instant instant(Section in, String key, String doc) {
        return in.field(key, doc)
                .parsed("a moment in UTC such as \"2027-12-20T00:00:00Z\"", Instant.EPOCH, MaintenanceReader::moment)
                .required();
    }

    private static Optional<LocalTime> time(String text) {
        try {
            return Optional.of(LocalTime.parse(text));
        } catch (DateTimeParseException notATime) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(Instant.parse(PULUMIS_DATE.matcher(text).replaceFirst("$1T$2Z")));
        } catch (DateTimeException notAMoment) {
            return Optional.empty();
        }
    }
}
