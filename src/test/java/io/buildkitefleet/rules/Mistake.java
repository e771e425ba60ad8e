package io.buildkitefleet.rules;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pods.StrategicMerge;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A row of {@code mistakes.yaml} in one stack.
 *
 * @param stack in which it is made
 * @param changes what is done to the plan
 * @param rules those that see it
 * @param tools that speak of it where no rule does
 * @param none why no rule does
 */
record Mistake(String id, String stack, List<JsonObject> changes, Set<String> rules, List<String> tools, String none) {
    private static final Path FILE = Path.of("src/test/resources/rules/mistakes.yaml");

    /** What a job asks for that leaves room for another container. */
    private static final String REQUESTS = "{\"cpu\": \"100m\", \"memory\": \"256Mi\"}";

    private static final Object[] CONTAINERS = {"values", "config", "pod-spec-patch", "containers"};

    static List<Mistake> all() {
        return stacks().flatMap(Mistake::in).toList();
    }

    private static Stream<String> stacks() {
        return document(FILE).getAsJsonObject("stacks").keySet().stream();
    }

    private static Stream<Mistake> in(String stack) {
        var names = document(FILE).getAsJsonObject("stacks").getAsJsonObject(stack);
        var text = read(FILE);
        for (var name : names.keySet()) {
            text = text.replace("<" + name + ">", names.get(name).getAsString());
        }
        var file = Json.parse(text).getAsJsonObject();
        return objects(file, "mistakes")
                .filter(row -> !row.has("in") || Json.text(row, "in").equals(stack))
                .map(row -> of(row, stack, file.getAsJsonObject("beside")));
    }

    private static Mistake of(JsonObject row, String stack, JsonObject container) {
        var changes = objects(row, "changes")
                .map(change -> change.has("beside") ? withContainer(change, container) : change)
                .toList();
        return new Mistake(
                Json.text(row, "id"),
                stack,
                changes,
                new TreeSet<>(texts(row, "rules")),
                texts(row, "tools"),
                Json.text(row, "none"));
    }

    private static JsonObject withContainer(JsonObject change, JsonObject container) {
        var whole = change.deepCopy();
        whole.add("beside", StrategicMerge.of(container, change.getAsJsonObject("beside")));
        return whole;
    }

    /** The plan with the mistake in it. */
    EditedPlan in(EditedPlan plan) {
        var mistaken = plan;
        for (var change : changes) {
            mistaken = made(change, mistaken);
        }
        return mistaken;
    }

    private static EditedPlan made(JsonObject change, EditedPlan plan) {
        if (change.has("new")) {
            return plan.and(
                    Json.text(change, "new"), "mistake", change.get("is").toString());
        }
        if (!change.has("of")) {
            return plan.without(Json.text(change, "drop"));
        }
        var resource = Json.text(change, "of");
        if (change.has("drop")) {
            return plan.without(resource, steps(change, "drop"));
        }
        if (change.has("beside")) {
            return plan.withItem(resource, change.get("beside").toString(), CONTAINERS)
                    .with(
                            resource,
                            REQUESTS,
                            "values",
                            "config",
                            "resource-classes",
                            queue(resource),
                            "resource",
                            "requests");
        }
        var at = steps(change, "at");
        return change.has("gets")
                ? plan.withItem(resource, change.get("gets").toString(), at)
                : plan.with(resource, change.get("is").toString(), at);
    }

    private static String queue(String release) {
        return release.replaceFirst("queue-(.+)-release", "$1");
    }

    private static Object[] steps(JsonObject change, String key) {
        return change.getAsJsonArray(key).asList().stream()
                .map(step -> step.getAsJsonPrimitive().isNumber() ? (Object) step.getAsInt() : step.getAsString())
                .toArray();
    }

    private static List<String> texts(JsonObject row, String key) {
        return Optional.ofNullable(row.getAsJsonArray(key)).stream()
                .flatMap(list -> list.asList().stream())
                .map(JsonElement::getAsString)
                .toList();
    }

    private static Stream<JsonObject> objects(JsonObject row, String key) {
        return row.getAsJsonArray(key).asList().stream().map(JsonElement::getAsJsonObject);
    }

    private static JsonObject document(Path file) {
        return Json.parse(read(file)).getAsJsonObject();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return id + " in " + stack;
    }
}
