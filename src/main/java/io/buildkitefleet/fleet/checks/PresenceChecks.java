package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.fleet.Fleet;
import java.util.Map;

/** What no fleet is without. */
final class PresenceChecks implements Check {
    private final FleetConfig config;
    private final Problems problems;

    PresenceChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        if (config.local().isEmpty()) {
            notEmpty(problems.at("pools"), "pool", config.pools());
        }
        notEmpty(problems.at("queues"), "queue", config.queues());
    }

    private static void notEmpty(Place at, String one, Map<String, ?> all) {
        if (all.isEmpty() && !at.isInDoubt()) {
            at.add("is empty; a fleet needs at least one " + one);
        }
    }
}
