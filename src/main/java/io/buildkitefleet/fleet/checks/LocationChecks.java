package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Regions;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.fleet.Fleet;
import java.util.TreeSet;

/** Whether a region and its zones fit each other, and are known. */
final class LocationChecks implements Check {
    private final Fleet fleet;
    private final FleetConfig config;
    private final Problems problems;

    LocationChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        var region = problems.at("region");
        if (region.isInDoubt()) {
            return;
        }
        if (Regions.zonesOf(config.region()).isEmpty()) {
            region.warn("is not a region that the fleet knows, got \"" + config.region() + "\"; "
                    + Section.suggestion(config.region(), Regions.names(), "known are " + neighbours()) + "; "
                    + Regions.asOf());
        }
        var areClusterZonesRead = !problems.at("zones").isInDoubt();
        problems.at("zones").each(config.zones(), (place, zone) -> {
            if (!inRegion(zone)) {
                place.add("must be a zone of " + config.region() + ", got " + zone);
            } else {
                known(place, zone);
            }
        });
        fleet.pools().forEach(pool -> problems.at("pools", pool.name(), "zones")
                .each(pool.config().zones(), (place, zone) -> {
                    if (areClusterZonesRead ? !inCluster(zone) : !inRegion(zone)) {
                        place.add("must be a zone of the cluster (" + clusterZones() + "), got " + zone);
                    } else if (!config.zones().contains(zone)) {
                        known(place, zone);
                    }
                }));
    }

    /** Regions of the same part of the world, or all. */
    private String neighbours() {
        var continent = config.region().substring(0, config.region().indexOf('-') + 1);
        var near = new TreeSet<>(Regions.names());
        near.removeIf(region -> !region.startsWith(continent));
        return String.join(", ", near.isEmpty() ? Regions.names() : near);
    }

    private void known(Place place, String zone) {
        Regions.zonesOf(config.region())
                .filter(zones -> !zones.contains(zone))
                .ifPresent(zones -> place.warn("is not a zone that the fleet knows, got " + zone + "; known in "
                        + config.region() + " are " + String.join(", ", zones) + "; " + Regions.asOf()));
    }

    private String clusterZones() {
        return config.zones().isEmpty() || problems.at("zones").isInDoubt()
                ? "any of " + config.region()
                : String.join(", ", config.zones());
    }

    private boolean inCluster(String zone) {
        return config.zones().isEmpty() ? inRegion(zone) : config.zones().contains(zone);
    }

    private boolean inRegion(String zone) {
        return zone.startsWith(config.region() + "-");
    }
}
