package io.buildkitefleet.fleet;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.read.Problems;
import java.time.Instant;
import java.util.List;

/**
 * What is to be said of a fleet at one moment and not before. What has a clock asks for it; the program does not, so
 * that a preview is the same on every day.
 */
public final class ExpiredSettings {
    private ExpiredSettings() {}

    /** What may be wrong with a fleet by now. */
    public static List<Problem> warnings(Fleet fleet, Instant now) {
        var problems = new Problems("");
        problems.at("cluster", "maintenance", "freezes")
                .each(fleet.config().cluster().maintenance().freezes(), (place, freeze) -> {
                    if (!now.isBefore(freeze.until())) {
                        place.warn("ended at " + freeze.until() + ": " + freeze.name()
                                + " holds off no upgrade any more; remove it");
                    }
                });
        return problems.warnings();
    }
}
