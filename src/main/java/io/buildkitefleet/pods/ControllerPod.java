package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
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

    private static final String CHART = "agent-stack-k8s";

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
        var values = JsonParts.object(inputs, "values");
        var name = name(inputs);
        var template = new JsonObject();
        template.add("metadata", metadata(values, name));
        template.add("spec", spec(values, name));
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
        var chart = override.isEmpty() ? CHART : override;
        var name = JsonParts.text(release, "name");
        return cut(name.contains(chart) ? name : name + "-" + chart);
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

    private static JsonObject spec(JsonObject values, String name) {
        var spec = TEMPLATE.deepCopy();
        spec.addProperty("serviceAccountName", name + "-controller");
        spec.add("nodeSelector", JsonParts.object(values, "nodeSelector"));
        spec.add("tolerations", JsonParts.list(values, "tolerations"));
        JsonParts.list(spec, "volumes")
                .add(JsonParts.of(Map.of("name", "config", "configMap", Map.of("name", name + "-config"))));
        JsonParts.objects(spec, "containers").forEach(container -> fill(container, values, name));
        return spec;
    }

    private static void fill(JsonObject container, JsonObject values, String name) {
        var image = JsonParts.text(values, "image");
        // The chart names the same one by its digest.
        container.addProperty("image", image.isEmpty() ? PinnedImage.CONTROLLER.published() : image);
        JsonParts.list(container, "env").addAll(JsonParts.list(values, "controllerEnv"));
        var given = JsonParts.text(values, "agentStackSecret");
        var secret = given.isEmpty() ? name + "-secrets" : given;
        JsonParts.list(container, "envFrom").add(JsonParts.of(Map.of("secretRef", Map.of("name", secret))));
        container.add("resources", JsonParts.object(values, "resources"));
        var port = JsonParts.number(JsonParts.object(values, "config"), "prometheus-port", METRICS_PORT);
        if (port > 0) {
            var ports = List.of(Map.of("name", "metrics", "containerPort", port));
            container.add("ports", JsonParts.of(Map.of("ports", ports)).get("ports"));
        }
    }
}
