package io.buildkitefleet.apiserver;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.pods.StrategicMerge;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Something that a step might ask for and no queue gives.
 *
 * @param words what it is after
 * @param queues on which it can be tried
 * @param changes what it changes of the Job of a plain step
 * @param rule which rule refuses it
 * @param ruleWithPodSpecs which one does where the queue takes pod specs; none if it is admitted there
 */
record Attack(String words, String queues, JsonObject changes, String rule, Optional<String> ruleWithPodSpecs) {
    private static final Path FILE = Path.of("src/test/resources/admission/attacks.yaml");

    static List<Attack> all() {
        try {
            return Json.patch(Files.readString(FILE)).getAsJsonArray().asList().stream()
                    .map(JsonElement::getAsJsonObject)
                    .map(Attack::of)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Attack of(JsonObject attack) {
        var rule = Json.text(attack, "rule");
        var withPodSpecs = attack.has("withPodSpecs") ? Json.text(attack, "withPodSpecs") : rule;
        return new Attack(
                Json.text(attack, "attack"),
                Json.text(attack, "queues"),
                attack,
                rule,
                Optional.of(withPodSpecs).filter(found -> !found.equals("none")));
    }

    boolean isFor(Queue queue) {
        var builder = queue.docker();
        return switch (queues) {
            case "" -> true;
            case "trusted" -> queue.isTrusted();
            case "tokenless" -> queue.config().namespaces().isEmpty();
            case "plain" -> builder.isEmpty();
            case "builder" -> builder.isPresent();
            case "rootless" ->
                builder.filter(docker -> docker.mode() == DockerMode.ROOTLESS).isPresent();
            default -> throw new AssertionError("attacks.yaml says queues: " + queues);
        };
    }

    /** The rule that refuses it on this queue; none if it is admitted. */
    Optional<String> ruleOn(Queue queue) {
        return queue.takesPodSpecs() ? ruleWithPodSpecs : Optional.of(rule);
    }

    /** The Job with what the attack makes of it. */
    JsonObject on(JsonObject job, Queue queue) {
        var attacked = job.deepCopy();
        var spec = attacked.getAsJsonObject("spec");
        var template = spec.getAsJsonObject("template");
        template.add("spec", StrategicMerge.of(template.getAsJsonObject("spec"), podSpec(queue)));
        template.add(
                "metadata",
                StrategicMerge.of(template.getAsJsonObject("metadata"), Json.object(changes.deepCopy(), "metadata")));
        attacked.add("spec", StrategicMerge.of(spec, Json.object(changes.deepCopy(), "job")));
        return withoutNulls(attacked).getAsJsonObject();
    }

    private JsonObject podSpec(Queue queue) {
        var patch = Json.object(changes.deepCopy(), "spec");
        if (changes.has("builder")) {
            var builder = changes.getAsJsonObject("builder").deepCopy();
            builder.addProperty(
                    "name", queue.docker().orElseThrow().mode() == DockerMode.ROOTLESS ? "buildkit" : "docker");
            Json.list(patch, "initContainers").add(builder);
        }
        return patch;
    }

    /**
     * Whether Kubernetes itself said this, which it does of a pod before it asks a policy: what the attack expects of
     * it, or that the pod violates the namespace's Pod Security Standard.
     */
    boolean isRefusedBefore(String message) {
        return message.contains("violates PodSecurity")
                || changes.has("before") && message.contains(Json.text(changes, "before"));
    }

    boolean isOfTheJob() {
        return changes.has("job");
    }

    /** Null takes away, and so does an item that says that it is deleted. */
    private static JsonElement withoutNulls(JsonElement value) {
        if (value instanceof JsonObject object) {
            var kept = new JsonObject();
            object.asMap().forEach((key, inner) -> {
                if (!(inner instanceof JsonNull)) {
                    kept.add(key, withoutNulls(inner));
                }
            });
            return kept;
        }
        if (value instanceof JsonArray items) {
            var kept = new JsonArray();
            for (var item : items) {
                if (!(item instanceof JsonObject object && object.has("$patch"))) {
                    kept.add(withoutNulls(item));
                }
            }
            return kept;
        }
        return value;
    }

    @Override
    public String toString() {
        return words;
    }
}
