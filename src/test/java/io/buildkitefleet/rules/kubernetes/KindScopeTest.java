package io.buildkitefleet.rules.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.apiserver.ApiServer;
import io.buildkitefleet.testing.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real API server says which of its kinds are in a namespace. */
@Tag("engine")
class KindScopeTest {
    @Test
    void everyKindOfTheApiServerIsWhereItSays(@TempDir Path directory) throws Exception {
        try (var server = new ApiServer(directory)) {
            var client = server.client();
            var wrong = new ArrayList<String>();
            var seen = 0;
            for (var version : versions(client.get("/apis"))) {
                for (var kind : kinds(client.get(version.equals("v1") ? "/api/v1" : "/apis/" + version))) {
                    var group = version.equals("v1") ? "core" : version.replaceFirst("/.*", "");
                    var isNamespaced = kind.get("namespaced").getAsBoolean();
                    seen++;
                    if (KindScope.isNamespaced(group, Json.text(kind, "kind")) != isNamespaced) {
                        wrong.add(group + " " + Json.text(kind, "kind"));
                    }
                }
            }
            assertThat(seen).as("kinds of the API server").isGreaterThan(40);
            assertThat(wrong).as("kinds that are elsewhere").isEmpty();
        }
    }

    private static List<String> versions(JsonObject groups) {
        var versions = new ArrayList<>(List.of("v1"));
        for (var group : groups.getAsJsonArray("groups")) {
            for (var version : group.getAsJsonObject().getAsJsonArray("versions")) {
                versions.add(Json.text(version.getAsJsonObject(), "groupVersion"));
            }
        }
        return versions;
    }

    /** Those of resources, not of what belongs to one, as {@code pods/status}. */
    private static List<JsonObject> kinds(JsonObject resources) {
        return resources.getAsJsonArray("resources").asList().stream()
                .map(resource -> resource.getAsJsonObject())
                .filter(resource -> !Json.text(resource, "name").contains("/"))
                .toList();
    }
}
