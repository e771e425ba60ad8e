package io.buildkitefleet.pods;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.fleet.images.PinnedImage;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.KubernetesType;
import java.util.List;
import java.util.Map;

/**
 * What Helm makes of a release of Buildkite's controller. The chart's checksums of its own files are left out, and its
 * digest of the controller's image, which nobody here has seen.
 *
 * @see <a href="https://github.com/buildkite/agent-stack-k8s/tree/v0.47.0/charts/agent-stack-k8s">the chart</a>
 */
public final class ReleaseObjects {
    private static final String FILE = "/agent-stack-k8s/chart.yaml";

    private static final JsonObject CHART = JsonTree.file(FILE);

    /** As long as Helm lets the name of an object be. */
    private static final int LONGEST_NAME = 63;

    private final String name;
    private final String namespace;
    private final JsonObject values;

    private ReleaseObjects(JsonObject inputs) {
        this.values = merged(JsonTree.object(CHART, "values"), JsonTree.object(inputs, "values"));
        this.name = fullName(JsonTree.text(inputs, "name"), values);
        this.namespace = JsonTree.text(inputs, "namespace");
    }

    /** @param release for which {@link #isOf} holds */
    public static ReleaseObjects of(Registration release) {
        return new ReleaseObjects(PropertyValues.revealed(release.inputs()).getAsJsonObject());
    }

    /** Whether it is a release of the controller's chart, from wherever that comes. */
    public static boolean isOf(Registration resource) {
        return resource.type().equals(KubernetesType.RELEASE.token())
                && JsonTree.text(resource.inputs(), "chart")
                        .replaceFirst("@.*", "")
                        .endsWith(Images.CHART);
    }

    /** All of them, each after those that it names. */
    public List<JsonObject> all() {
        return List.of(serviceAccount(), role(), roleBinding(), config(), deployment());
    }

    /** What the controller runs in. */
    public JsonObject deployment() {
        var deployment = named("deployment", name);
        var spec = JsonTree.object(deployment, "spec");
        var own = JsonTree.of(Map.of("app", name));
        JsonTree.object(spec, "selector").add("matchLabels", own);
        var template = JsonTree.object(spec, "template");
        var metadata = JsonTree.object(template, "metadata");
        metadata.add("labels", merged(values("labels"), own));
        metadata.add("annotations", values("annotations"));
        fill(JsonTree.object(template, "spec"));
        return deployment;
    }

    private void fill(JsonObject pod) {
        pod.addProperty("serviceAccountName", account());
        pod.add("nodeSelector", values("nodeSelector"));
        pod.add("tolerations", JsonTree.list(values, "tolerations").deepCopy());
        var container = JsonTree.objects(pod, "containers").get(0);
        container.addProperty("image", JsonTree.textOr(values, "image", PinnedImage.CONTROLLER.published()));
        JsonTree.list(container, "env")
                .addAll(JsonTree.list(values, "controllerEnv").deepCopy());
        container.add("envFrom", listOf(JsonTree.of(Map.of("secretRef", Map.of("name", tokenSecret())))));
        container.add("resources", values("resources"));
        if (JsonTree.object(values, "config").get("prometheus-port") instanceof JsonPrimitive port) {
            var metrics = JsonTree.of(Map.of("name", "metrics"));
            metrics.add("containerPort", port);
            container.add("ports", listOf(metrics));
        }
        var volume = JsonTree.of(Map.of("name", "config", "configMap", Map.of("name", configName())));
        pod.add("volumes", listOf(volume));
    }

    private JsonObject config() {
        var config = new JsonObject();
        config.addProperty("agent-token-secret", tokenSecret());
        config.addProperty("namespace", namespace);
        config.addProperty("id", name);
        values("config").asMap().forEach(config::add);
        var map = named("config", configName());
        JsonTree.object(map, "data").addProperty("config.yaml", KubernetesYaml.of(config));
        return map;
    }

    private JsonObject serviceAccount() {
        var account = named("serviceAccount", account());
        account.add("metadata", accountMetadata());
        return account;
    }

    private JsonObject role() {
        var role = named("role", account());
        role.add("metadata", accountMetadata());
        return role;
    }

    /** The chart gives the role, too, what is said of the account. */
    private JsonObject accountMetadata() {
        return merged(values("serviceAccountMetadata"), metadata(account()));
    }

    private JsonObject roleBinding() {
        var binding = named("roleBinding", name);
        binding.add(
                "roleRef",
                JsonTree.of(Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", "Role", "name", account())));
        binding.add(
                "subjects",
                listOf(JsonTree.of(Map.of("kind", "ServiceAccount", "name", account(), "namespace", namespace))));
        return binding;
    }

    private String account() {
        return name + "-controller";
    }

    private String configName() {
        return name + "-config";
    }

    private String tokenSecret() {
        var named = JsonTree.text(values, "agentStackSecret");
        return named.isEmpty() ? name + "-secrets" : named;
    }

    private JsonObject values(String key) {
        return JsonTree.object(values, key).deepCopy();
    }

    private JsonObject named(String template, String name) {
        var object = CHART.getAsJsonObject(template).deepCopy();
        object.add("metadata", metadata(name));
        return object;
    }

    private JsonObject metadata(String name) {
        return JsonTree.of(Map.of("name", name, "namespace", namespace));
    }

    /** What the chart calls its objects, and the controller itself. */
    static String fullName(String release, JsonObject values) {
        var override = JsonTree.text(values, "fullnameOverride");
        if (!override.isEmpty()) {
            return truncated(override);
        }
        var chart = JsonTree.textOr(values, "nameOverride", Images.CHART);
        return truncated(release.contains(chart) ? release : release + "-" + chart);
    }

    private static String truncated(String name) {
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)).replaceFirst("-$", "");
    }

    private static JsonArray listOf(JsonObject item) {
        var list = new JsonArray();
        list.add(item);
        return list;
    }

    /** As Helm merges values: objects key by key; what is not one of both is replaced, and null takes away. */
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
