package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;

/**
 * A step of a pipeline, as its job reaches a controller.
 *
 * @param words what kind of step it is
 * @param environment what its job says beyond what all say: the variables {@code BUILDKITE_COMMAND},
 *     {@code BUILDKITE_IMAGE} and {@code BUILDKITE_PLUGINS}
 */
public record Step(String words, Map<String, String> environment) {
    /** Nothing but a command. */
    public static final Step PLAIN = new Step("plain", Map.of());

    private static final String PLUGIN = "github.com/buildkite-plugins/kubernetes-buildkite-plugin";

    public Step {
        environment = Map.copyOf(environment);
    }

    String command() {
        return environment.getOrDefault("BUILDKITE_COMMAND", "make");
    }

    /** What the step's own {@code image} says; empty for none. */
    String image() {
        return environment.getOrDefault("BUILDKITE_IMAGE", "");
    }

    /** The configuration of the kubernetes plugin; empty for a step without it. */
    JsonObject plugin() {
        var plugins = JsonParser.parseString(environment.getOrDefault("BUILDKITE_PLUGINS", "[]"));
        return JsonParts.objects(plugins.getAsJsonArray(), "BUILDKITE_PLUGINS").stream()
                .filter(plugin -> plugin.has(PLUGIN))
                .map(plugin -> JsonParts.object(plugin, PLUGIN))
                .findFirst()
                .orElseGet(JsonObject::new);
    }

    @Override
    public String toString() {
        return words;
    }
}
