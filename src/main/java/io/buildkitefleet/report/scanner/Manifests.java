package io.buildkitefleet.report.scanner;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pods.JsonParts;
import io.buildkitefleet.pods.KubernetesYaml;
import io.buildkitefleet.pods.ReleaseObjects;
import io.buildkitefleet.pods.StackController;
import io.buildkitefleet.pods.Step;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.KubernetesType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a plan makes in the cluster as Kubernetes' own manifests, for tools that read those: its objects, what Helm
 * makes of each release, and the Job that each release's controller makes of a step that says nothing but its command.
 * No secret is in them, and nothing that is known only after the update; what stands there says that it is a
 * placeholder.
 */
public final class Manifests {
    /** Stands for a secret. */
    static final String SECRET = "placeholder-secret";

    /** Stands for what is known only after the update. */
    static final String UNKNOWN = "placeholder-known-after-up";

    private static final String PROVIDER = "kubernetes:";

    /** What is an object whatever is in it, so that no text may stand for it. */
    private static final Set<String> OBJECTS = Set.of("data", "stringData", "parameters", "labels", "annotations");

    /** Kinds whose objects run something as soon as they are there. */
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet", "CronJob", "Pod");

    /** What each of the files begins with. */
    public static final String MARK =
            "# Written by ./fleet preview --manifests for tools to read; up makes the objects.\n";

    private final Map<String, String> files = new TreeMap<>();

    private Manifests() {}

    /**
     * The files without their mark by name, in an order in which {@code kubectl} takes them: an object's name tells its
     * kind, its namespace and its own name, and stays as it is when another one comes or goes.
     */
    public static Map<String, String> of(Plan plan) {
        var manifests = new Manifests();
        plan.registrations().stream()
                .filter(Registration::custom)
                .filter(resource -> resource.type().startsWith(PROVIDER))
                .forEach(manifests::add);
        return new LinkedHashMap<>(manifests.files);
    }

    private void add(Registration resource) {
        var inputs = open(resource.inputs(), "").getAsJsonObject();
        if (!resource.type().equals(KubernetesType.RELEASE.token())) {
            add(inputs, "");
            return;
        }
        var chart = JsonParts.text(inputs, "chart") + " " + JsonParts.text(inputs, "version");
        ReleaseObjects.of(inputs)
                .forEach(
                        object -> add(
                                object,
                                "# Helm makes it of the release " + resource.name() + " of " + chart
                                        + ",\n# as the templates of version 0.47.0 say:"
                                        + " https://github.com/buildkite/agent-stack-k8s/tree/v0.47.0/charts/agent-stack-k8s\n"));
        add(
                StackController.of(inputs).job(Step.PLAIN),
                "# The controller of the release " + resource.name()
                        + " makes one like it for each job whose step says nothing but its command.\n");
    }

    private void add(JsonObject object, String comment) {
        var known = files.put(fileName(object), comment + KubernetesYaml.of(object));
        if (known != null) {
            throw new IllegalStateException("two objects are " + fileName(object));
        }
    }

    private static String fileName(JsonObject object) {
        var kind = JsonParts.text(object, "kind");
        var metadata = JsonParts.object(object, "metadata");
        var namespace = JsonParts.text(metadata, "namespace");
        var name = JsonParts.text(metadata, "name");
        return (place(kind, namespace) + "." + kind + "." + (namespace.isEmpty() ? "" : namespace + ".") + name)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.-]", "-")
                + ".yaml";
    }

    /** What is in a namespace comes after it, and what runs after what it needs. */
    private static int place(String kind, String namespace) {
        if (kind.equals("Namespace")) {
            return 1;
        }
        if (namespace.isEmpty()) {
            return 2;
        }
        if (kind.equals("Job")) {
            return 5;
        }
        return WORKLOADS.contains(kind) ? 4 : 3;
    }

    /** A copy for everybody to read. */
    private static JsonElement open(JsonElement value, String key) {
        if (PropertyValues.isSecret(value)) {
            return hidden(PropertyValues.revealed(value), key);
        }
        if (PropertyValues.isUnknown(value)) {
            return placeholder(UNKNOWN, key);
        }
        if (value instanceof JsonObject object) {
            var copy = new JsonObject();
            object.asMap().forEach((name, inner) -> copy.add(name, open(inner, name)));
            return copy;
        }
        if (value instanceof JsonArray list) {
            var copy = new JsonArray(list.size());
            list.forEach(inner -> copy.add(open(inner, "")));
            return copy;
        }
        return value;
    }

    /** What is in a Secret is named by other objects: the names stay. */
    private static JsonElement hidden(JsonElement secret, String key) {
        if (secret instanceof JsonObject object && OBJECTS.contains(key)) {
            var copy = new JsonObject();
            object.keySet().forEach(name -> copy.addProperty(name, SECRET));
            return copy;
        }
        return placeholder(SECRET, key);
    }

    private static JsonElement placeholder(String text, String key) {
        return OBJECTS.contains(key) ? JsonParts.of(Map.of(text, text)) : new JsonPrimitive(text);
    }
}
