package io.buildkitefleet.cloud;

import com.google.gson.JsonElement;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where a service of Google Cloud's keeps things: in a region, or in a location of more than one. */
public enum ServiceLocations {
    STORAGE("Cloud Storage", "storage"),
    ARTIFACT_REGISTRY("Artifact Registry", "artifactRegistry"),
    KEYS("Cloud KMS", "keys");

    private static final FactFile FILE = FactFile.of("/cloud/locations.json");

    private final String service;
    private final String key;

    ServiceLocations(String service, String key) {
        this.service = service;
        this.key = key;
    }

    /**
     * Where the key of a bucket has to be: where the bucket is
     * (https://docs.cloud.google.com/storage/docs/storagebatchoperations/reference/rest/v1/RewriteObject), which Cloud
     * KMS calls by another name in one case
     * (https://github.com/terraform-google-modules/terraform-google-bootstrap/pull/354).
     *
     * @param location of Cloud Storage, in upper or lower case
     */
    public static String ofBucketKey(String location) {
        var lowerCase = location.toLowerCase(Locale.ROOT);
        return lowerCase.equals("eu") ? "europe" : lowerCase;
    }

    /** The service's name, for a message. */
    public String service() {
        return service;
    }

    /** The locations of more than one region, in lower case. */
    public SortedSet<String> wide() {
        var names = new TreeSet<String>();
        FILE.json().getAsJsonArray(key).asList().stream()
                .map(JsonElement::getAsString)
                .forEach(names::add);
        return Collections.unmodifiableSortedSet(names);
    }

    /** All that are known, regions among them. */
    public SortedSet<String> all() {
        var names = new TreeSet<>(wide());
        names.addAll(Regions.names());
        return Collections.unmodifiableSortedSet(names);
    }

    /** Whether it is one of them, in upper or lower case. */
    public boolean has(String location) {
        return all().contains(location.toLowerCase(Locale.ROOT));
    }

    /** For a message: how old the list is, and where there is a newer one. */
    public String asOf() {
        var source = FILE.json().getAsJsonObject("sources").get(key).getAsString();
        return "the list is of " + FILE.date() + ", see " + source.substring(0, source.indexOf(": "));
    }
}
