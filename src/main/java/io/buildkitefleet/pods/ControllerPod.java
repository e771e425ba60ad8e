package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.fleet.images.PinnedImage;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.List;
import java.util.Map;

/**
 * The pod of a release's controller, as the chart agent-stack-k8s 0.47.0 makes it of the release's values.
 *
 * @see <a
 *     href="https://github.com/buildkite/agent-stack-k8s/blob/v0.47.0/charts/agent-stack-k8s/templates/deployment.yaml.tpl">
 *     deployment.yaml.tpl</a>
 */
public final class ControllerPod {
    private static final JsonObject TEMPLATE = ChartFile.read("controller.yaml");

    /** The most that the chart takes of a name. */
    private static final int LONGEST_NAME = 63;

    /** Where the chart's controller shows its figures, if the values do not say. */
    private static final int METRICS_PORT = 9216;

    private ControllerPod() {}

    /**
     * The template of the pod: its {@code metadata} and its {@code spec}.
     *
     * @param release the inputs of the release
     * @throws MalformedPodException if a value has another type than the chart takes
     */
    public static JsonObject template(JsonObject release) {
        var inputs = PropertyValues.revealed(release).getAsJsonObject();
        var template = new JsonObject();
        template.add("metadata", metadata(JsonParts.object(inputs, "values"), name(inputs)));
        template.add("spec", spec(inputs));
        return template;
    }

    /** What the chart calls the release's objects. */
    public static String name(JsonObject release) {
        var values = JsonParts.object(release, "values");
        var whole = JsonParts.text(values, "fullnameOverride");
        if (!whole.isEmpty()) {
            return cut(whole);
        }
        var override = JsonParts.text(values, "nameOverride");
        var chart = override.isEmpty() ? Images.CHART : override;
        var name = JsonParts.text(release, "name");
        return cut(name.contains(chart) ? name : name + "-" + chart);
    }

    /** The service account that the chart makes for the controller. */
    public static String account(JsonObject release) {
        return name(release) + "-controller";
    }

    /** The ConfigMap with the controller's configuration. */
    static String config(JsonObject release) {
        return name(release) + "-config";
    }

    /** The Secret with the agent token: the chart makes one if the values name none. */
    public static String tokenSecret(JsonObject release) {
        var given = JsonParts.text(JsonParts.object(release, "values"), "agentStackSecret");
        return given.isEmpty() ? name(release) + "-secrets" : given;
    }

    private static String cut(String name) {
        var start = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        return start.endsWith("-") ? start.substring(0, start.length() - 1) : start;
    }

    private static JsonObject metadata(JsonObject values, String name) {
        var metadata = new JsonObject();
        JsonParts.object(metadata, "labels").addProperty("app", name);
        JsonParts.object(values, "labels").asMap().forEach(JsonParts.object(metadata, "labels")::add);
        metadata.add("annotations", JsonParts.object(values, "annotations"));
        return metadata;
    }

    private static JsonObject spec(JsonObject release) {
        var values = JsonParts.object(release, "values");
        var spec = TEMPLATE.deepCopy();
        spec.addProperty("serviceAccountName", account(release));
        spec.add("nodeSelector", JsonParts.object(values, "nodeSelector"));
        spec.add("tolerations", JsonParts.list(values, "tolerations"));
        JsonParts.list(spec, "volumes")
                .add(JsonParts.of(Map.of("name", "config", "configMap", Map.of("name", config(release)))));
        JsonParts.objects(spec, "containers").forEach(container -> fill(container, release));
        return spec;
    }

    private static void fill(JsonObject container, JsonObject release) {
        var values = JsonParts.object(release, "values");
        var image = JsonParts.text(values, "image");
        // The chart names the same one by its digest.
        container.addProperty("image", image.isEmpty() ? PinnedImage.CONTROLLER.published() : image);
        JsonParts.list(container, "env").addAll(JsonParts.list(values, "controllerEnv"));
        JsonParts.list(container, "envFrom")
                .add(JsonParts.of(Map.of("secretRef", Map.of("name", tokenSecret(release)))));
        container.add("resources", JsonParts.object(values, "resources"));
        var port = JsonParts.number(JsonParts.object(values, "config"), "prometheus-port", METRICS_PORT);
        if (port > 0) {
            var ports = List.of(Map.of("name", "metrics", "containerPort", port));
            container.add("ports", JsonParts.of(Map.of("ports", ports)).get("ports"));
        }
    }
}
