package io.buildkitefleet.pulumi;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * A time written without quotes in YAML, as Go prints it: {@code 2026-01-02 00:00:00 +0000 UTC}. Apart from its user,
 * because formatters are slow to make and few files have a time.
 */
final class GoTime {
    private static final DateTimeFormatter YAML_TIME = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("uuuu-M-d[['T'][' ']H:m:s]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[XXX]")
            .toFormatter(Locale.ROOT)
            // As Go has it, the 30th of February is no day, and so a text like any other.
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter GO_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern(" xx ")
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xx", Locale.ROOT);

    private GoTime() {}

    /** The text itself if it only looks like a time. */
    static String text(String yaml) {
        try {
            OffsetDateTime time =
                    withZone(YAML_TIME.parseBest(yaml, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
            boolean utc = time.getOffset().equals(ZoneOffset.UTC);
            return GO_TIME.format(time) + (utc ? "UTC" : OFFSET.format(time));
        } catch (DateTimeException e) {
            return yaml;
        }
    }

    private static OffsetDateTime withZone(TemporalAccessor time) {
        if (time instanceof OffsetDateTime zoned) {
            return zoned;
        }
        return time instanceof LocalDateTime local
                ? local.atOffset(ZoneOffset.UTC)
                : LocalDate.from(time).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
