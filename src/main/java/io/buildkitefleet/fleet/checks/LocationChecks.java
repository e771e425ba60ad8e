package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Regions;
import io.buildkitefleet.cloud.ServiceLocations;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.read.Section;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.fleet.Fleet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Whether places at Google Cloud are known, and zones fit their region. */
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
        artifacts();
        registryMirror();
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

    /** Where they are kept in the fleet's own region, that is told of the region. */
    private void artifacts() {
        var at = problems.at("artifacts", "location");
        var location = config.artifacts().location();
        if (at.isInDoubt() || location.equalsIgnoreCase(config.region())) {
            return;
        }
        var lowerCase = location.toLowerCase(Locale.ROOT);
        if (Forms.ZONE.matcher(lowerCase).matches()) {
            at.add("must be a region, a dual-region or a multi-region of Cloud Storage, got the zone \"" + location
                    + "\"; use " + Regions.ofLocation(lowerCase));
        } else {
            location(at, "", ServiceLocations.STORAGE, location);
            var key = fleet.artifactKeyLocation();
            if (ServiceLocations.STORAGE.has(location) && !ServiceLocations.KEYS.has(key)) {
                at.warn("is where the bucket's key is made as well, got \"" + location + "\", and whether "
                        + ServiceLocations.KEYS.service() + " is there is not known to the fleet; known are "
                        + String.join(", ", ServiceLocations.KEYS.wide()) + ", and regions such as us-west1; "
                        + ServiceLocations.KEYS.asOf());
            }
        }
    }

    private void registryMirror() {
        var at = problems.at("registryMirror");
        if (!at.isInDoubt()) {
            config.registryMirror()
                    .flatMap(RegistryMirror::repository)
                    .ifPresent(repository ->
                            location(at, "in ", ServiceLocations.ARTIFACT_REGISTRY, repository.location()));
        }
    }

    /** @param relation how what is configured is related to the location: it is {@code in} it, or it is it */
    private static void location(Place at, String relation, ServiceLocations locations, String location) {
        if (!locations.has(location)) {
            var known = location.contains("-")
                    ? neighbours(location, locations.all())
                    : String.join(", ", locations.wide()) + ", and regions such as us-west1";
            at.warn("is not " + relation + "a location of " + locations.service() + " that the fleet knows, got \""
                    + location + "\"; " + Section.suggestion(location, locations.all(), "known are " + known) + "; "
                    + locations.asOf());
        }
    }

    private static void region(Place at, String region) {
        if (Regions.zonesOf(region).isEmpty()) {
            at.warn("is not a region that the fleet knows, got \"" + region + "\"; "
                    + Section.suggestion(region, Regions.names(), "known are " + neighbours(region, Regions.names()))
                    + "; "
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
    private static String neighbours(String of, Set<String> all) {
        var continent = of.substring(0, of.indexOf('-') + 1);
        var near = new TreeSet<>(all);
        near.removeIf(region -> !region.startsWith(continent));
        return String.join(", ", near.isEmpty() ? all : near);
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
