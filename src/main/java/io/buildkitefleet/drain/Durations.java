package io.buildkitefleet.drain;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times as people write them: 90m, 1h30m. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s)?");

    private Durations() {}

    /** None if the text is no time, or none at all. */
    public static Optional<Duration> parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches() || text.isEmpty()) {
            return Optional.empty();
        }
        var duration = Duration.ofHours(number(found.group(1)))
                .plusMinutes(number(found.group(2)))
                .plusSeconds(number(found.group(3)));
        return Optional.of(duration).filter(time -> !time.isZero());
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** In its two largest units that are not zero. */
    public static String text(Duration duration) {
        var hours = duration.toHours();
        var minutes = duration.toMinutesPart();
        var seconds = duration.toSecondsPart();
        if (hours > 0) {
            return hours + "h" + (minutes > 0 ? minutes + "m" : "");
        }
        if (minutes > 0) {
            return minutes + "m" + (seconds > 0 ? seconds + "s" : "");
        }
        return seconds + "s";
    }
}
