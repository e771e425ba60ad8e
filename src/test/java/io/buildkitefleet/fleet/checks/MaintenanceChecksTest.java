package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.at;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.MaintenanceWindows;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GKE wants 48 hours of windows in any 92 days, and looks at no window of less than 4 hours. */
class MaintenanceChecksTest {
    private static final String EVERY_DAY = "[monday, tuesday, wednesday, thursday, friday, saturday, sunday]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // 13 windows of 4 hours.
                "{days: [sunday], hours: 4}",
                "{days: [sunday], hours: 10}",
                // 32 days without a freeze have 4 weekends of 16 hours.
                "{freezes: [{name: year-end, from: \"2027-12-01T00:00:00Z\", until: \"2028-01-30T00:00:00Z\"}]}",
                // 90 days without upgrades leave two whole days.
                "{days: " + EVERY_DAY + ", hours: 24, freezes: [{name: long, from: \"2027-12-01T00:00:00Z\", "
                        + "until: \"2028-02-29T00:00:00Z\"}]}",
                // 12 of 13 windows of 4 hours.
                "{days: [sunday], hours: 4, freezes: [{name: one, from: \"2027-12-05T05:00:00Z\", "
                        + "until: \"2027-12-06T00:00:00Z\"}]}"
            })
    void whatGkeTakesIsTaken(String maintenance) {
        assertThat(problems(with(maintenance))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatGkeRefusesIsRefused(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> refused() {
        return Stream.of(
                at("cluster.maintenance", "{days: []}", "is empty, and GKE wants 48 hours of windows in 92 days")
                        .below("days"),
                at(
                                "cluster.maintenance",
                                "{days: " + EVERY_DAY + ", hours: 24, freezes: ["
                                        + freeze("a", "2027-12-01", "2028-03-01") + "]}",
                                "must be at most 90 days after from (2027-12-01T00:00:00Z)",
                                "got 2028-03-01T00:00:00Z")
                        .below("freezes")
                        .below("[0]")
                        .below("until"),
                at(
                                "cluster.maintenance",
                                "{freezes: [" + freeze("a", "2027-01-01", "2027-01-02") + ", "
                                        + freeze("b", "2027-03-01", "2027-03-02") + ", "
                                        + freeze("c", "2027-05-01", "2027-05-02") + ", "
                                        + freeze("d", "2027-07-01", "2027-07-02") + "]}",
                                "must be at most 3, as many as GKE takes, got 4")
                        .below("freezes"),
                // 12 days, with two weekends at best and worst.
                at(
                                "cluster.maintenance",
                                "{freezes: [" + freeze("a", "2027-12-01", "2028-02-19") + "]}",
                                "leave 32 hours of maintenance windows in the 92 days from 2027-11-",
                                "and GKE wants 48, in windows of 4 hours and more; shorten a, add days, or raise hours")
                        .below("freezes"),
                // One of another year has no part in it.
                at(
                                "cluster.maintenance",
                                "{freezes: [" + freeze("old", "2020-12-01", "2020-12-02") + ", "
                                        + freeze("a", "2027-12-01", "2028-02-19") + "]}",
                                "shorten a, add days, or raise hours; a freeze that is over can go")
                        .below("freezes"),
                // Neither is too long by itself.
                at(
                                "cluster.maintenance",
                                "{freezes: [" + freeze("a", "2027-12-01", "2028-01-10") + ", "
                                        + freeze("b", "2028-01-10", "2028-02-19") + "]}",
                                "shorten a or b")
                        .below("freezes"));
    }

    @Test
    void theRestOfAWindowThatAFreezeCutsIsNoneBelowFourHours() {
        var stack = with(
                "{days: [sunday], hours: 4, freezes: [" + freeze("a", "2027-12-05T05:00:00Z", "2027-12-06") + "]}");
        var windows = new MaintenanceWindows(
                FleetResolver.resolve(stack).config().cluster().maintenance());

        assertThat(windows.shortest().orElseThrow().available()).isEqualTo(Duration.ofHours(12 * 4));
    }

    @Test
    void withoutFreezesNoPeriodIsShort() {
        assertThat(new MaintenanceWindows(FleetResolver.resolve(Stacks.minimal())
                                .config()
                                .cluster()
                                .maintenance())
                        .shortest())
                .isEmpty();
    }

    private static Stacks with(String maintenance) {
        return Stacks.minimal().with("cluster.maintenance", maintenance);
    }

    private static String freeze(String name, String from, String until) {
        return "{name: " + name + ", from: \"" + moment(from) + "\", until: \"" + moment(until) + "\"}";
    }

    private static String moment(String text) {
        return text.contains("T") ? text : text + "T00:00:00Z";
    }
}
