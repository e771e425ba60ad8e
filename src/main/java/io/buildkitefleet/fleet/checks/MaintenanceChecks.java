package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.MaintenanceConfig;
import io.buildkitefleet.config.MaintenanceConfig.Freeze;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.MaintenanceWindows;
import io.buildkitefleet.text.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Whether GKE would take the windows in which it may upgrade the cluster, and the freezes in which it may not. */
final class MaintenanceChecks implements Check {
    private static final Duration LEAST = Duration.ofHours(Limit.MAINTENANCE_AVAILABILITY.least());

    private static final Duration LONGEST_FREEZE = Duration.ofDays(Limit.EXCLUSION_WITHOUT_UPGRADES.most());

    private final MaintenanceConfig maintenance;
    private final Place at;

    MaintenanceChecks(Fleet fleet, Problems problems) {
        this.maintenance = fleet.config().cluster().maintenance();
        this.at = problems.at("cluster", "maintenance");
    }

    @Override
    public void run() {
        if (at.isInDoubt()) {
            return;
        }
        if (maintenance.days().isEmpty()) {
            at.add(
                    "days",
                    "is empty, and GKE wants " + LEAST.toHours() + " hours of windows in "
                            + Limit.MAINTENANCE_PERIOD.most() + " days; name one day of the week or more");
        }
        at.at("freezes").each(maintenance.freezes(), MaintenanceChecks::length);
        number(maintenance.freezes());
        if (!at.isInDoubt()) {
            available();
        }
    }

    private static void length(Place place, Freeze freeze) {
        var length = Duration.between(freeze.from(), freeze.until());
        if (length.compareTo(LONGEST_FREEZE) > 0) {
            place.add(
                    "until",
                    "must be at most " + LONGEST_FREEZE.toDays() + " days after from (" + freeze.from()
                            + "), GKE takes no longer freeze, got " + freeze.until());
        }
    }

    private void number(List<Freeze> freezes) {
        if (freezes.size() > Limit.EXCLUSIONS_WITHOUT_UPGRADES.most()) {
            at.add(
                    "freezes",
                    "must be at most " + Limit.EXCLUSIONS_WITHOUT_UPGRADES.most() + ", as many as GKE takes, got "
                            + freezes.size() + "; remove those that are over, or join some");
        }
    }

    private void available() {
        var windows = new MaintenanceWindows(maintenance);
        windows.shortest()
                .filter(shortest -> shortest.available().compareTo(LEAST) < 0)
                .ifPresent(shortest -> at.add(
                        "freezes",
                        "leave " + new Count(shortest.available().toHours(), "hour") + " of maintenance windows in the "
                                + Limit.MAINTENANCE_PERIOD.most() + " days from " + shortest.from()
                                + " on, and GKE wants "
                                + LEAST.toHours() + ", in windows of " + Limit.MAINTENANCE_WINDOW.least()
                                + " hours and more; shorten " + names(shortest.from())
                                + ", add days, or raise hours; a freeze that is over can go"));
    }

    /** Of those in the period that begins then. */
    private String names(Instant from) {
        var until = from.plus(Duration.ofDays(Limit.MAINTENANCE_PERIOD.most()));
        return maintenance.freezes().stream()
                .filter(freeze ->
                        freeze.from().isBefore(until) && freeze.until().isAfter(from))
                .map(Freeze::name)
                .collect(Collectors.joining(" or "));
    }
}
