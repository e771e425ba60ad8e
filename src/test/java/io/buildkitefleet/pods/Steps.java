package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/** Every kind of step of which the Jobs of the real controller are recorded. */
public final class Steps {
    private static final Path KINDS = Path.of("src/test/resources/agent-stack-k8s/jobs/kinds.json");

    private Steps() {}

    public static List<Step> kinds() {
        return read().keySet().stream().map(Steps::kind).toList();
    }

    public static Step kind(String words) {
        var environment = new TreeMap<String, String>();
        read().getAsJsonObject(words).asMap().forEach((name, value) -> environment.put(name, value.getAsString()));
        return new Step(words, environment);
    }

    /** The steps of which the queue's controller makes Jobs that its policy admits. */
    public static List<Step> of(Queue queue) {
        return kinds().stream()
                .filter(step -> queue.takesPodSpecs() || !hasPodSpec(step))
                .filter(step -> !queue.signs() || !namesAnImage(step))
                .toList();
    }

    /** The steps whose pods must fit on the queue's nodes: a queue may take pod specs any day. */
    public static List<Step> thatMustFit(Queue queue) {
        return queue.isTrusted()
                ? kinds().stream()
                        .filter(step -> !step.words().contains("two-containers"))
                        .toList()
                : of(queue);
    }

    /** Whether it brings a pod spec. */
    public static boolean hasPodSpec(Step step) {
        return !step.plugin().asMap().isEmpty();
    }

    /** Whether its pod has other containers than a plain step's. A pod spec that names one image makes none. */
    public static boolean makesAnotherPod(Step step) {
        return step.words().startsWith("kubernetes-plugin-");
    }

    /** Whether its command runs in another image than the agent's. */
    public static boolean namesAnImage(Step step) {
        return !step.image().isEmpty() || step.plugin().toString().contains("image");
    }

    private static JsonObject read() {
        try {
            return Json.parse(Files.readString(KINDS)).getAsJsonObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
