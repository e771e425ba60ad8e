package io.buildkitefleet.rules.google;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Subject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When Google upgrades nothing of a cluster, or no node of it.
 *
 * @see <a
 *     href="https://docs.cloud.google.com/kubernetes-engine/docs/concepts/maintenance-windows-and-exclusions#exclusions">what
 *     an exclusion keeps back</a>
 */
final class Freezes {
    private static final String EXCLUSIONS = "maintenancePolicy.maintenanceExclusions";

    /** The one scope in which fixes still arrive everywhere. */
    private static final String FIXES_ARRIVE = "NO_MINOR_UPGRADES";

    private static final Duration LONGEST = Duration.ofDays(Limit.EXCLUSION_WITHOUT_UPGRADES.most());

    private static final int MOST = Limit.EXCLUSIONS_WITHOUT_UPGRADES.most();

    private Freezes() {}

    static Optional<String> flaw(Subject cluster) {
        var freezes = cluster.at(EXCLUSIONS).items().stream()
                .filter(exclusion -> !exclusion.at("exclusionOptions.scope").is(FIXES_ARRIVE))
                .toList();
        if (freezes.size() > MOST) {
            return Optional.of("has " + freezes.size() + " freezes of all upgrades, and GKE takes " + MOST);
        }
        var times = new ArrayList<Span>();
        for (var freeze : freezes) {
            var from = time(freeze, "startTime");
            var until = time(freeze, "endTime");
            if (from.isPresent() && until.isPresent()) {
                times.add(new Span(from.get(), until.get()));
            } else if (!isYetUnknown(freeze)) {
                return Optional.of("freeze " + freeze.key("exclusionName").described() + " has no end that is a time: "
                        + freeze.key("startTime").described() + " to "
                        + freeze.key("endTime").described());
            }
        }
        return joined(times).stream()
                .filter(span -> span.length().compareTo(LONGEST) > 0)
                .findFirst()
                .map(span -> "upgrades no node from " + span.from + " to " + span.until + ", which is "
                        + span.length().toDays() + " days");
    }

    private static boolean isYetUnknown(InputValue freeze) {
        return freeze.key("startTime").isUnknown() || freeze.key("endTime").isUnknown();
    }

    private static Optional<OffsetDateTime> time(InputValue freeze, String key) {
        try {
            return Optional.of(OffsetDateTime.parse(freeze.key(key).text()));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    /** Nothing is upgraded between two that touch, either. */
    private static List<Span> joined(List<Span> spans) {
        var joined = new ArrayList<Span>();
        for (var span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            var last = joined.isEmpty() ? span : joined.remove(joined.size() - 1);
            if (last.until.isBefore(span.from)) {
                joined.add(last);
                joined.add(span);
            } else {
                joined.add(new Span(last.from, last.until.isAfter(span.until) ? last.until : span.until));
            }
        }
        return joined;
    }

    /** From a moment to another. */
    private record Span(OffsetDateTime from, OffsetDateTime until) {
        Duration length() {
            return Duration.between(from, until);
        }
    }
}
