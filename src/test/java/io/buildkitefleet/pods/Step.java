package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
import io.buildkitefleet.fleet.Queue;
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

    /**
     * The steps whose pods have to fit on a queue. No controller takes the kubernetes plugin, but the room that a
     * trusted queue's jobs have is for such pods too.
     */
    public static List<Step> of(Queue queue) {
        return queue.isTrusted() && !queue.isDebuggable()
                ? List.of(PLAIN, WITH_IMAGE, OWN_CONTAINER, UNNAMED_CONTAINER, NO_CHECKOUT, SIDECAR)
                : List.of(PLAIN, WITH_IMAGE);
    }

    private static Step ofPlugin(String words, String yaml) {
        return new Step(words, Json.parse(yaml).getAsJsonObject(), "");
    }

    @Override
    public String toString() {
        return words;
    }
}
