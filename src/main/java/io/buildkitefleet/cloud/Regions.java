package io.buildkitefleet.cloud;

import com.google.gson.JsonElement;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** Google Cloud's regions and their zones. Which of them has which machines is in no list that anybody may read. */
public final class Regions {
    private static final FactFile FILE = FactFile.of("/cloud/regions.json");

    private static final SortedMap<String, List<String>> ZONES = zones();

    private Regions() {}

    /** The names of all regions, in order. */
    public static SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeMap<>(ZONES).navigableKeySet());
    }

    /** The whole names of a region's zones; nothing if the region is not known. */
    public static Optional<List<String>> zonesOf(String region) {
        return Optional.ofNullable(ZONES.get(region));
    }

    /** The region of a zone, or of a region itself. */
    public static String ofLocation(String location) {
        return String.join("-", Arrays.asList(location.split("-")).subList(0, 2));
    }

    /** For a message: how old the list is, and where there is a newer one. */
    public static String asOf() {
        return FILE.asOf();
    }

    private static SortedMap<String, List<String>> zones() {
        var zones = new TreeMap<String, List<String>>();
        FILE.json()
                .getAsJsonObject("regions")
                .asMap()
                .forEach((region, letters) -> zones.put(
                        region,
                        letters.getAsJsonArray().asList().stream()
                                .map(JsonElement::getAsString)
                                .map(letter -> region + "-" + letter)
                                .toList()));
        return zones;
    }
}
