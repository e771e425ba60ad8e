package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.List;
import java.util.Map;

/**
 * What Helm makes of a release of the chart agent-stack-k8s 0.47.0. What nobody here knows is left out: the checksums
 * of the chart's own files, and the digest by which it names the controller's image.
 *
 * @see <a href="https://github.com/buildkite/agent-stack-k8s/tree/v0.47.0/charts/agent-stack-k8s/templates">the
 *     chart</a>
 */
public final class ReleaseObjects {
    private static final String RIGHTS_GROUP = "rbac.authorization.k8s.io";

    private final JsonObject inputs;
    private final JsonObject values;
    private final String name;
    private final String namespace;

    private ReleaseObjects(JsonObject inputs) {
        this.inputs = inputs;
        this.values = JsonParts.object(inputs, "values");
        this.name = ControllerPod.name(inputs);
        this.namespace = JsonParts.text(inputs, "namespace");
    }

    /**
     * All of them, each after those that it names.
     *
     * @param release the inputs of the release
     * @throws MalformedPodException if a value has another type than the chart takes
     */
    public static List<JsonObject> of(JsonObject release) {
        var inputs = PropertyValues.revealed(release).getAsJsonObject();
        inputs.add("values", merged(ChartFile.read("values.yaml"), JsonParts.object(inputs, "values")));
        var objects = new ReleaseObjects(inputs);
        return List.of(
                objects.serviceAccount(),
                objects.role(),
                objects.roleBinding(),
                objects.config(),
                objects.deployment());
    }

    private JsonObject serviceAccount() {
        return object("v1", "ServiceAccount", accountMetadata());
    }

    private JsonObject role() {
        var role = object(RIGHTS_GROUP + "/v1", "Role", accountMetadata());
        role.add("rules", ChartFile.read("rights.yaml").get("rules"));
        return role;
    }

    private JsonObject roleBinding() {
        var binding = object(RIGHTS_GROUP + "/v1", "RoleBinding", metadata(name));
        binding.add(
                "roleRef",
                JsonParts.of(Map.of("apiGroup", RIGHTS_GROUP, "kind", "Role", "name", ControllerPod.account(inputs))));
        var subjects = new JsonArray();
        subjects.add(JsonParts.of(
                Map.of("kind", "ServiceAccount", "name", ControllerPod.account(inputs), "namespace", namespace)));
        binding.add("subjects", subjects);
        return binding;
    }

    private JsonObject config() {
        var config = new JsonObject();
        config.addProperty("agent-token-secret", ControllerPod.tokenSecret(inputs));
        config.addProperty("namespace", namespace);
        config.addProperty("id", name);
        JsonParts.object(values, "config").asMap().forEach(config::add);
        var map = object("v1", "ConfigMap", metadata(ControllerPod.config(inputs)));
        JsonParts.object(map, "data").addProperty("config.yaml", KubernetesYaml.of(config));
        return map;
    }

    private JsonObject deployment() {
        var deployment = object("apps/v1", "Deployment", metadata(name));
        var spec = JsonParts.object(deployment, "spec");
        spec.add("selector", JsonParts.of(Map.of("matchLabels", Map.of("app", name))));
        spec.add("template", ControllerPod.template(inputs));
        return deployment;
    }

    /** The chart gives the role, too, what is said of the account. */
    private JsonObject accountMetadata() {
        return merged(JsonParts.object(values, "serviceAccountMetadata"), metadata(ControllerPod.account(inputs)));
    }

    private JsonObject metadata(String object) {
        return JsonParts.of(Map.of("name", object, "namespace", namespace));
    }

    private static JsonObject object(String apiVersion, String kind, JsonObject metadata) {
        var object = new JsonObject();
        object.addProperty("apiVersion", apiVersion);
        object.addProperty("kind", kind);
        object.add("metadata", metadata);
        return object;
    }

    /** As Helm merges values: objects key by key, all else is replaced, and null takes away. */
    private static JsonObject merged(JsonObject values, JsonObject changes) {
        var merged = values.deepCopy();
        changes.asMap().forEach((key, change) -> {
            if (change.isJsonNull()) {
                merged.remove(key);
            } else {
                merged.add(key, merged(merged.get(key), change));
            }
        });
        return merged;
    }

    private static JsonElement merged(JsonElement value, JsonElement change) {
        return value instanceof JsonObject object && change instanceof JsonObject changes
                ? merged(object, changes)
                : change.deepCopy();
    }
}
