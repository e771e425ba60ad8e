package io.buildkitefleet.fleet;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.MaintenanceConfig;
import io.buildkitefleet.config.MaintenanceConfig.Freeze;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

        private Duration within(Instant start, Instant end) {
            var first = from.isAfter(start) ? from : start;
            var last = until.isBefore(end) ? until : end;
            return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
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
        return begins.filter(this::touchesFreeze)
                .distinct()
                .sorted()
                .map(begin -> new Period(begin, available(spans, begin)))
                .min(Comparator.comparing(Period::available));
    }

    private boolean touchesFreeze(Instant begin) {
        return config.freezes().stream()
                .anyMatch(
                        freeze -> freeze.until().isAfter(begin) && freeze.from().isBefore(begin.plus(PERIOD)));
    }

    private static Duration available(List<Span> spans, Instant begin) {
        return spans.stream()
                .map(span -> span.within(begin, begin.plus(PERIOD)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** The windows, less freezes, as far as a period that touches a freeze may reach. */
    private List<Span> spans() {
        var spans = new ArrayList<Span>();
        for (var freeze : config.freezes()) {
            var last = freeze.until().plus(PERIOD).plus(PERIOD);
            windows(freeze.from().minus(PERIOD).minus(PERIOD), last)
                    .filter(window -> !spans.contains(window))
                    .forEach(spans::add);
        }
        return spans.stream()
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
