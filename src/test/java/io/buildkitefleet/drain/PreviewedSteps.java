package io.buildkitefleet.drain;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import java.util.List;

/** What Pulumi prints of an update of a small fleet, in which all stays the same but for what a test says. */
final class PreviewedSteps {
    private static final String PREFIX = "urn:pulumi:dev::buildkite-fleet::";

    private final JsonArray steps = new JsonArray();

    /** Queues {@code big} and {@code huge} on the pool {@code big}, and {@code light} on another one. */
    PreviewedSteps() {
        add("same", "pulumi:pulumi:Stack", "buildkite-fleet-dev", """
                outputs:
                  deployers: {up: {serviceAccount: bk-dev-deployer@acme-ci-dev.iam.gserviceaccount.com}}
                  queues: [{queue: big, pool: big}, {queue: huge, pool: big}, {queue: light, pool: light}]
                """);
        for (var queue : List.of("big", "huge", "light")) {
            add("same", "kubernetes:core/v1:Namespace", "queue-" + queue + "-namespace-border", namespace(queue));
        }
    }

    private static String namespace(String queue) {
        return "inputs: {metadata: {name: buildkite-" + queue + ", labels: {buildkite-fleet/queue: " + queue + "}}}";
    }

    private JsonObject add(String operation, String type, String name, String oldState) {
        var urn = PREFIX + type + "::" + name;
        var old = Json.parse(oldState).getAsJsonObject();
        old.addProperty("type", type);
        old.addProperty("urn", urn);
        var step = new JsonObject();
        step.addProperty("op", operation);
        step.addProperty("urn", urn);
        step.add("oldState", old);
        steps.add(step);
        return step;
    }

    PreviewedSteps namespace(String operation, String queue) {
        add(operation, "kubernetes:core/v1:Namespace", "queue-" + queue + "-namespace-border", namespace(queue));
        return this;
    }

    /** @param changed paths of inputs, none unless it is an update */
    PreviewedSteps nodes(String operation, String pool, String... changed) {
        var step = add(
                operation,
                "gcp:container/nodePool:NodePool",
                "pool-" + pool + "-nodes",
                "inputs: {nodeConfig: {labels: {buildkite-fleet/pool: " + pool + "}}}");
        change(step, changed);
        return this;
    }

    /** @param changed as for nodes */
    PreviewedSteps cluster(String operation, String... changed) {
        var step = add(operation, "gcp:container/cluster:Cluster", "cluster-gke", "inputs: {name: bk-dev}");
        change(step, changed);
        return this;
    }

    private static void change(JsonObject step, String... changed) {
        var diff = new JsonObject();
        for (var path : changed) {
            diff.add(path, Json.parse("{kind: update, inputDiff: false}"));
        }
        step.add("detailedDiff", diff);
    }

    /** A part of a component. */
    PreviewedSteps part(String operation, String type, String componentType, String component) {
        add(operation, type, component + "-part", "parent: " + PREFIX + componentType + "::" + component);
        return this;
    }

    /** An object in the namespace of a queue. */
    PreviewedSteps object(String operation, String type, String queue) {
        add(
                operation,
                type,
                "queue-" + queue + "-object",
                "inputs: {metadata: {name: x, namespace: buildkite-" + queue + "}}");
        return this;
    }

    PreviewedSteps release(String operation, String queue) {
        add(
                operation,
                "kubernetes:helm.sh/v3:Release",
                "queue-" + queue + "-release",
                "inputs: {namespace: buildkite-" + queue + "}");
        return this;
    }

    PreviewedSteps identity(String operation, String queue) {
        add(
                operation,
                "gcp:serviceaccount/account:Account",
                "identity-" + queue + "-account",
                "parent: " + PREFIX + "buildkite-fleet:gcp:Identity::identity-" + queue);
        return this;
    }

    /** A resource of Google's that is none of a queue's. */
    PreviewedSteps google(String operation, String type, String name) {
        add(operation, "gcp:" + type, name, "inputs: {}");
        return this;
    }

    List<PreviewStep> all() {
        return PreviewStep.all(json());
    }

    JsonObject last() {
        return steps.get(steps.size() - 1).getAsJsonObject();
    }

    JsonElement json() {
        var document = new JsonObject();
        document.add("steps", steps);
        return document;
    }

    JobLosses losses() {
        return JobLosses.of(json());
    }
}
