package io.buildkitefleet.fleet;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.MaintenanceConfig;
import io.buildkitefleet.config.MaintenanceConfig.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * When GKE may upgrade the cluster around its freezes. Far from them every week has all of its windows, which is enough
 * at any time: one of four hours a week makes 52 in 92 days.
 *
 * @param config its windows and freezes
 */
public record MaintenanceWindows(MaintenanceConfig config) {
    private static final Duration PERIOD = Duration.ofDays(Limit.MAINTENANCE_PERIOD.most());

    /** A shorter rest of a window is none. */
    private static final Duration SHORTEST = Duration.ofHours(Limit.MAINTENANCE_WINDOW.least());

    /** A span without a break. */
    private record Span(Instant from, Instant until) {
        private Duration length() {
            return Duration.between(from, until);
        }

        /** What is left of it outside a freeze. */
        private Stream<Span> without(Freeze freeze) {
            if (!freeze.from().isBefore(until) || !from.isBefore(freeze.until())) {
                return Stream.of(this);
            }
            return Stream.of(new Span(from, freeze.from()), new Span(freeze.until(), until))
                    .filter(rest -> rest.from.isBefore(rest.until));
        }
    }

    /** How much of spans there is up to a moment, for all that follow each other. */
    private static final class Total {
        private final NavigableMap<Instant, Span> byBegin = new TreeMap<>();
        private final Map<Span, Duration> before = new HashMap<>();

        private Total(List<Span> spans) {
            spans.forEach(span -> byBegin.put(span.from(), span));
            var sum = Duration.ZERO;
            for (var span : byBegin.values()) {
                before.put(span, sum);
                sum = sum.plus(span.length());
            }
        }

        private Duration until(Instant moment) {
            var last = byBegin.floorEntry(moment);
            if (last == null) {
                return Duration.ZERO;
            }
            var span = last.getValue();
            var end = span.until().isBefore(moment) ? span.until() : moment;
            return before.get(span).plus(Duration.between(span.from(), end));
        }
    }

    /**
     * A period that GKE looks at.
     *
     * @param available all of its windows that are outside freezes
     */
    public record Period(Instant from, Duration available) {}

    /** The period with the least of windows that a freeze touches; none without freezes. */
    public Optional<Period> shortest() {
        var spans = spans();
        var begins = Stream.concat(
                config.freezes().stream().map(Freeze::from),
                // The sum is least where a window has just ended, or is about to begin.
                Stream.concat(spans.stream().map(Span::until), spans.stream().map(span -> span.from()
                        .minus(PERIOD))));
        var total = new Total(spans);
        return begins.filter(this::touchesFreeze)
                .distinct()
                .sorted()
                .map(begin -> new Period(begin, total.until(begin.plus(PERIOD)).minus(total.until(begin))))
                .min(Comparator.comparing(Period::available));
    }

    private boolean touchesFreeze(Instant begin) {
        return config.freezes().stream()
                .anyMatch(
                        freeze -> freeze.until().isAfter(begin) && freeze.from().isBefore(begin.plus(PERIOD)));
    }

    /** The windows, less freezes, as far as a period that touches a freeze may reach. */
    private List<Span> spans() {
        return config.freezes().stream()
                .flatMap(freeze -> windows(
                        freeze.from().minus(PERIOD).minus(PERIOD),
                        freeze.until().plus(PERIOD).plus(PERIOD)))
                .distinct()
                .flatMap(this::withoutFreezes)
                .filter(span -> span.length().compareTo(SHORTEST) >= 0)
                .toList();
    }

    private Stream<Span> withoutFreezes(Span window) {
        var rest = Stream.of(window);
        for (var freeze : config.freezes()) {
            rest = rest.flatMap(span -> span.without(freeze));
        }
        return rest;
    }

    private Stream<Span> windows(Instant from, Instant until) {
        return LocalDate.ofInstant(from, ZoneOffset.UTC)
                .datesUntil(LocalDate.ofInstant(until, ZoneOffset.UTC))
                .filter(day -> config.days().contains(day.getDayOfWeek()))
                .map(day -> day.atTime(config.start()).toInstant(ZoneOffset.UTC))
                .map(start -> new Span(start, start.plus(Duration.ofHours(config.hours()))));
    }
}
