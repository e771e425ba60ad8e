package io.buildkitefleet.pods.security;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Pods that try what Pod Security looks at: {@code samples.yaml} has the values, and here they are put into pods, alone
 * and together, in each kind of container.
 */
public final class PodSamples {
    private static final Path FILE = Path.of("src/test/resources/pod-security/samples.yaml");

    private static final String SOUND = """
            {name: NAME, image: "any:1.0", securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}
            """;

    private static final JsonObject VALUES = read();

    private PodSamples() {}

    /**
     * A pod that is tried.
     *
     * @param words what is particular about it
     */
    public record Sample(String words, JsonObject pod) {
        @Override
        public String toString() {
            return words;
        }
    }

    /** Each value alone: those of a pod, and those of a container in each kind of container that can have it. */
    public static Stream<Sample> single() {
        var samples = new ArrayList<Sample>();
        for (var value : values("pod")) {
            var pod = sound();
            merge(pod, value.getAsJsonObject());
            samples.add(new Sample("pod " + value, pod));
        }
        for (var list : List.of("containers", "initContainers", "ephemeralContainers")) {
            for (var value : values("container")) {
                samples.add(inContainer(list, value, false));
            }
        }
        values("serving").forEach(value -> samples.add(inContainer("containers", value, false)));
        values("serving").forEach(value -> samples.add(inContainer("initContainers", value, true)));
        values("windows").forEach(value -> samples.add(new Sample("windows " + value, windows(value))));
        return samples.stream();
    }

    /** Several values in one pod, as a seed says. */
    public static Stream<Sample> mixed(long seed, int count) {
        var random = new Random(seed);
        return IntStream.range(0, count).mapToObj(number -> mixed(random, "pod " + number + " of seed " + seed));
    }

    /** Fields of another type than theirs. */
    public static Stream<Sample> malformed() {
        var samples = new ArrayList<Sample>();
        for (var value : values("malformed")) {
            var pod = sound();
            merge(pod, value.getAsJsonObject());
            samples.add(new Sample("malformed " + value, pod));
        }
        values("malformedInContainer").forEach(value -> samples.add(inContainer("containers", value, false)));
        values("malformedInContainer").forEach(value -> samples.add(inContainer("initContainers", value, false)));
        return samples.stream();
    }

    private static Sample mixed(Random random, String name) {
        var pod = sound();
        var words = new StringBuilder(name);
        for (int i = random.nextInt(3); i > 0; i--) {
            var value = anyOf(random, "pod");
            merge(pod, value.getAsJsonObject());
            words.append(", ").append(value);
        }
        var spec = pod.getAsJsonObject("spec");
        for (var list : List.of("containers", "initContainers")) {
            for (int i = random.nextInt(3); i > 0; i--) {
                var container = container(list.toLowerCase(Locale.ROOT) + "-" + i);
                for (int j = random.nextInt(3); j > 0; j--) {
                    var value = anyOf(random, "container");
                    merge(container, value.getAsJsonObject());
                    words.append(", ").append(list).append(" ").append(value);
                }
                Json.list(spec, list).add(container);
            }
        }
        return new Sample(words.toString(), pod);
    }

    private static JsonElement anyOf(Random random, String kind) {
        var values = values(kind);
        return values.get(random.nextInt(values.size()));
    }

    private static Sample inContainer(String list, JsonElement value, boolean sidecar) {
        var pod = sound();
        var container = container("tried");
        if (sidecar) {
            container.addProperty("restartPolicy", "Always");
        }
        merge(container, value.getAsJsonObject());
        Json.list(pod.getAsJsonObject("spec"), list).add(container);
        return new Sample(list + (sidecar ? " (sidecar) " : " ") + value, pod);
    }

    /** A pod that every level of every version admits. */
    private static JsonObject sound() {
        var pod = Json.parse("""
                apiVersion: v1
                kind: Pod
                metadata: {name: tried, annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}}
                spec:
                  automountServiceAccountToken: false
                  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
                """).getAsJsonObject();
        Json.list(pod.getAsJsonObject("spec"), "containers").add(container("main"));
        return pod;
    }

    private static JsonObject windows(JsonElement value) {
        var pod = Json.parse("""
                apiVersion: v1
                kind: Pod
                metadata: {name: tried}
                spec:
                  automountServiceAccountToken: false
                  os: {name: windows}
                  containers: [{name: main, image: "any:1.0"}]
                """).getAsJsonObject();
        merge(pod, value.getAsJsonObject());
        return pod;
    }

    private static JsonObject container(String name) {
        return Json.parse(SOUND.replace("NAME", name)).getAsJsonObject();
    }

    private static JsonArray values(String kind) {
        return VALUES.getAsJsonArray(kind);
    }

    /** Objects key by key; a list is put in place of what is there, and null takes away. */
    private static void merge(JsonObject into, JsonObject value) {
        value.asMap().forEach((key, change) -> {
            if (change.isJsonNull()) {
                into.remove(key);
            } else if (change instanceof JsonObject object
                    && into.get(key) instanceof JsonObject inner
                    && !object.isEmpty()) {
                merge(inner, object);
            } else {
                into.add(key, change.deepCopy());
            }
        });
    }

    private static JsonObject read() {
        try {
            return Json.patch(Files.readString(FILE)).getAsJsonObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
