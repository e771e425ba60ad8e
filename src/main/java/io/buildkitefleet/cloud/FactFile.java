package io.buildkitefleet.cloud;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.text.BundledFile;

/**
 * A file of facts in the jar.
 *
 * @param date the day of the facts, in ISO form
 * @param source where a person can look them up today
 * @param json the whole file
 */
public record FactFile(String date, String source, JsonObject json) {
    /** Reads one by its path in {@code src/main/resources}, such as {@code /cloud/regions.json}. */
    public static FactFile of(String path) {
        var json = JsonParser.parseString(BundledFile.text(path)).getAsJsonObject();
        return new FactFile(json.get("date").getAsString(), json.get("source").getAsString(), json);
    }

    /** For a message: {@code the list is of 2026-07-30, see https://...}. */
    public String asOf() {
        return "the list is of " + date + ", see " + source;
    }
}
