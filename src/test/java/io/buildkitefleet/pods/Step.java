package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import java.util.List;

/**
 * A step of a pipeline, as far as it decides what its pod looks like.
 *
 * @param words what it is, for the report of the tests
 * @param plugin the configuration of the kubernetes plugin; empty for a step without it
 * @param image what the step's own {@code image} says; empty for none
 */
public record Step(String words, JsonObject plugin, String image) {
    /** Nothing but a command. */
    public static final Step PLAIN = new Step("a plain step", new JsonObject(), "");

    public static final Step WITH_IMAGE = new Step("a step with an image", new JsonObject(), "golang:1.25.3");

    private static final Step OWN_CONTAINER = ofPlugin("a step with a container of its own", """
            podSpec: {containers: [{name: build, image: "golang:1.25.3", command: [make]}]}
            """);

    private static final Step UNNAMED_CONTAINER = ofPlugin("a step with a container without a name", """
            podSpec: {containers: [{image: "golang:1.25.3", command: [make]}]}
            """);

    private static final Step NO_CHECKOUT = ofPlugin("a step without a checkout", "checkout: {skip: true}");

    private static final Step SIDECAR = ofPlugin("a step with a sidecar", """
            sidecars: [{image: "postgres:17.6", env: [{name: POSTGRES_HOST_AUTH_METHOD, value: trust}]}]
            """);

    /** Steps that every queue runs. */
    public static List<Step> withoutPlugin() {
        return List.of(PLAIN, WITH_IMAGE);
    }

    /** Steps that only a queue runs which lets pipelines use the plugin. */
    public static List<Step> withPlugin() {
        return List.of(OWN_CONTAINER, UNNAMED_CONTAINER, NO_CHECKOUT, SIDECAR);
    }

    private static Step ofPlugin(String words, String yaml) {
        return new Step(words, Json.parse(yaml).getAsJsonObject(), "");
    }

    public boolean usesPlugin() {
        return plugin.size() > 0;
    }

    @Override
    public String toString() {
        return words;
    }
}
