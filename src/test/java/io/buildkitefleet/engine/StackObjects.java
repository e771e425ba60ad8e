package io.buildkitefleet.engine;

import com.google.gson.JsonObject;
import io.buildkitefleet.apiserver.ApiClient;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects that a stack is to have in its cluster: those of the plan, and the controllers that its releases are made
 * of.
 */
public final class StackObjects {
    private static final String RELEASE = "kubernetes:helm.sh/v3:Release";

    private final Map<String, JsonObject> objects = new TreeMap<>();

    private StackObjects(Stream<JsonObject> objects) {
        objects.forEach(object -> this.objects.put(name(object), object));
    }

    static StackObjects of(Plan plan) {
        return new StackObjects(plan.registrations().stream()
                .filter(registration ->
                        registration.custom() && registration.type().startsWith("kubernetes:"))
                .map(StackObjects::object));
    }

    /** As {@code Kind namespace/name}, or {@code Kind name} outside of namespaces. */
    public Set<String> names() {
        return objects.keySet();
    }

    /** The uid of each object that is there, by its name: another uid is another object. */
    public Map<String, String> uids(ApiClient cluster) throws InterruptedException {
        var uids = new TreeMap<String, String>();
        for (var object : objects.entrySet()) {
            cluster.find(object.getValue())
                    .ifPresent(found -> uids.put(object.getKey(), Json.text(metadata(found), "uid")));
        }
        return uids;
    }

    /** The names of the controllers that are there and of which no pod is ready. */
    public List<String> unready(ApiClient cluster) throws InterruptedException {
        var ready = new TreeMap<String, Boolean>();
        for (var object : objects.entrySet()) {
            if (Json.text(object.getValue(), "kind").equals("Deployment")) {
                cluster.find(object.getValue())
                        .ifPresent(found -> ready.put(
                                object.getKey(),
                                Inputs.at(found, "status", "readyReplicas").isPresent()));
            }
        }
        return ready.keySet().stream().filter(name -> !ready.get(name)).toList();
    }

    private static JsonObject object(Registration registration) {
        if (!registration.type().equals(RELEASE)) {
            return Inputs.revealed(registration.inputs()).getAsJsonObject();
        }
        var deployment = Json.of(Map.of("apiVersion", "apps/v1", "kind", "Deployment"));
        deployment.add(
                "metadata",
                Json.of(Map.of(
                        "name", Inputs.text(registration, "name"),
                        "namespace", Inputs.text(registration, "namespace"))));
        return deployment;
    }

    private static String name(JsonObject object) {
        var metadata = metadata(object);
        var namespace = metadata.has("namespace") ? Json.text(metadata, "namespace") + "/" : "";
        return Json.text(object, "kind") + " " + namespace + Json.text(metadata, "name");
    }

    private static JsonObject metadata(JsonObject object) {
        return object.getAsJsonObject("metadata");
    }
}
