package io.buildkitefleet.pods;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A step of a pipeline, as its job reaches a controller.
 *
 * @param words what kind of step it is, as the recorded Jobs name it
 * @param environment what its job says beyond what all say
 */
public record Step(String words, Map<String, String> environment) implements JobStep {
    private static final Path KINDS = Path.of("src/test/resources/agent-stack-k8s/jobs/kinds.json");

    /** Nothing but a command. */
    public static final Step PLAIN = kind("plain");

    public static final Step WITH_IMAGE = kind("image");

    private static final String PLUGIN = "github.com/buildkite-plugins/kubernetes-buildkite-plugin";

    /** Every kind of step of which the Jobs of the real controller are recorded. */
    public static List<Step> kinds() {
        return read().keySet().stream().map(Step::kind).toList();
    }

    public static Step kind(String words) {
        var environment = new TreeMap<String, String>();
        read().getAsJsonObject(words).asMap().forEach((name, value) -> environment.put(name, value.getAsString()));
        return new Step(words, environment);
    }

    /** The steps of which the queue's controller makes Jobs that its policy admits. */
    public static List<Step> of(Queue queue) {
        return kinds().stream()
                .filter(step -> queue.takesPodSpecs() || !step.hasPodSpec())
                .filter(step -> !queue.signs() || !step.namesAnImage())
                .toList();
    }

    /** The steps whose pods must fit on the queue's nodes: a queue may take pod specs any day. */
    public static List<Step> thatMustFit(Queue queue) {
        return queue.isTrusted()
                ? kinds().stream()
                        .filter(step -> !step.words.contains("two-containers"))
                        .toList()
                : of(queue);
    }

    /** Whether it brings a pod spec. */
    public boolean hasPodSpec() {
        return !plugin().asMap().isEmpty();
    }

    /** Whether its pod has other containers than a plain step's. A pod spec that names one image makes none. */
    public boolean makesAnotherPod() {
        return words.startsWith("kubernetes-plugin-");
    }

    /** Whether its command runs in another image than the agent's. */
    public boolean namesAnImage() {
        return !image().isEmpty() || plugin().toString().contains("image");
    }

    @Override
    public String command() {
        return environment.getOrDefault("BUILDKITE_COMMAND", "make");
    }

    @Override
    public String image() {
        return environment.getOrDefault("BUILDKITE_IMAGE", "");
    }

    @Override
    public JsonObject plugin() {
        return Json.parse(environment.getOrDefault("BUILDKITE_PLUGINS", "[]")).getAsJsonArray().asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(plugin -> plugin.has(PLUGIN))
                .map(plugin -> plugin.getAsJsonObject(PLUGIN))
                .findFirst()
                .orElseGet(JsonObject::new);
    }

    private static JsonObject read() {
        try {
            return Json.parse(Files.readString(KINDS)).getAsJsonObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
