package io.buildkitefleet.cloud;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

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
        try (var resource = Objects.requireNonNull(FactFile.class.getResourceAsStream(path), path);
                var text = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            var json = JsonParser.parseReader(text).getAsJsonObject();
            return new FactFile(
                    json.get("date").getAsString(), json.get("source").getAsString(), json);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** For a message: {@code the list is of 2026-07-30, see https://...}. */
    public String asOf() {
        return "the list is of " + date + ", see " + source;
    }
}
