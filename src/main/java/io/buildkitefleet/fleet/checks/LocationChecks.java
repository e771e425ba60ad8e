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
        clusters();
        if (!problems.at("region").isInDoubt()) {
            region(problems.at("region"), config.region());
            zones();
        }
    }

    /** The clusters of others that jobs deploy into. */
    private void clusters() {
        config.queues().forEach((name, queue) -> problems.at("queues", name, "clusters")
                .each(queue.clusters(), (place, cluster) -> {
                    if (!place.isInDoubt()) {
                        region(place.at("location"), Regions.ofLocation(cluster.location()));
                    }
                }));
    }

    private static void region(Place at, String region) {
        if (Regions.zonesOf(region).isEmpty()) {
            at.warn("is not a region that the fleet knows, got \"" + region + "\"; "
                    + Section.suggestion(region, Regions.names(), "known are " + neighbours(region)) + "; "
                    + Regions.asOf());
        }
    }

    private void zones() {
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
    private static String neighbours(String of) {
        var continent = of.substring(0, of.indexOf('-') + 1);
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
