package io.buildkitefleet.resources;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.ProviderFields;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The data file of what replaces Google's resources is the provider's own list. */
class ReplacementsFileTest {
    private static final Path FILE = Path.of("src", "main", "resources", "replacements", "google-beta.json");

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    @Test
    void theFileSaysWhatTheProvidersListSays() {
        var types = new JsonObject();
        new TreeMap<>(ProviderFields.byType()).forEach((type, fields) -> types.add(type, replacing(fields)));
        var document = new JsonObject();
        document.addProperty("source", "fields with ForceNew in the " + ProviderFields.source());
        document.addProperty("value", "a change of it, or of what is in it, replaces the resource");
        document.addProperty(
                "block", "the resource is replaced when it comes or goes; what is in it has a line of its own");
        document.add("types", types);

        Golden.of(FILE).matches(GSON.toJson(document) + "\n");
    }

    private static JsonObject replacing(Map<String, String> fields) {
        var replacing = new JsonObject();
        new TreeMap<>(fields).forEach((path, flags) -> {
            if (flags.contains("F")) {
                var isBlock = fields.keySet().stream().anyMatch(other -> other.startsWith(path + "."));
                replacing.addProperty(path, isBlock ? "block" : "value");
            }
        });
        return replacing;
    }
}
