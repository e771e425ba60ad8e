package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.KubernetesType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A pod that a plan leads to, before the API server changes anything of it.
 *
 * @param source the resource of the plan that leads to it
 * @param origin how it does
 * @param path where the template of the pod stands in the resource, with dots; empty if it is the resource itself, or
 *     if the pod stands nowhere
 * @param template its {@code metadata} and {@code spec}, in which a secret reads as what is inside it
 * @param malformed why no pod can be made; then the template is empty
 */
public record PlannedPod(
        Registration source, Origin origin, String path, JsonObject template, Optional<String> malformed) {
    /** Who makes it. */
    public enum Origin {
        /** The plan has it, or the template of it. */
        PLAN,
        /** The chart of Buildkite's controller: the controller's own pod. */
        CHART,
        /** The controller: the pod of a job whose step says nothing but its command. */
        CONTROLLER
    }

    /** Where the template of pods is, by type: the kinds that Pod Security itself looks into. */
    private static final Map<String, String> TEMPLATES = Map.of(
            "kubernetes:core/v1:Pod", "",
            "kubernetes:core/v1:ReplicationController", "spec.template",
            "kubernetes:core/v1:PodTemplate", "template",
            "kubernetes:apps/v1:Deployment", "spec.template",
            "kubernetes:apps/v1:ReplicaSet", "spec.template",
            "kubernetes:apps/v1:StatefulSet", "spec.template",
            "kubernetes:apps/v1:DaemonSet", "spec.template",
            "kubernetes:batch/v1:Job", "spec.template",
            "kubernetes:batch/v1:CronJob", "spec.jobTemplate.spec.template");

    /** Whether resources of a type may lead to pods. */
    public static boolean mayComeOf(String type) {
        return hasTemplate(type) || type.equals(KubernetesType.RELEASE.token());
    }

    /** Whether resources of a type are pods, or have a template of them. */
    public static boolean hasTemplate(String type) {
        return TEMPLATES.containsKey(type);
    }

    /** Where the template of pods is in a resource of a type that has one; empty if it is the resource itself. */
    public static String templatePath(String type) {
        return TEMPLATES.get(type);
    }

    /** Whether it is a release of the controller's chart, from where that is published or from a registry of copies. */
    public static boolean isController(Registration resource) {
        return resource.type().equals(KubernetesType.RELEASE.token())
                && PropertyValues.unwrapped(resource.inputs().get("chart")) instanceof JsonPrimitive chart
                && Images.isControllerChart(chart.getAsString());
    }

    /** The pods that a resource leads to, none for most. */
    public static List<PlannedPod> of(Registration resource) {
        if (hasTemplate(resource.type())) {
            var path = templatePath(resource.type());
            return List.of(made(resource, Origin.PLAN, path, () -> part(resource, path)));
        }
        if (isController(resource)) {
            return List.of(
                    made(resource, Origin.CHART, "", () -> ControllerPod.template(resource.inputs())),
                    made(resource, Origin.CONTROLLER, "", () -> job(resource)));
        }
        return List.of();
    }

    private static PlannedPod made(Registration source, Origin origin, String path, Supplier<JsonObject> template) {
        try {
            return new PlannedPod(source, origin, path, template.get(), Optional.empty());
        } catch (MalformedPodException malformed) {
            return new PlannedPod(source, origin, path, new JsonObject(), Optional.of(malformed.getMessage()));
        }
    }

    private static JsonObject part(Registration resource, String path) {
        var part = PropertyValues.revealed(resource.inputs()).getAsJsonObject();
        for (var key : path.isEmpty() ? List.<String>of() : List.of(path.split("\\."))) {
            part = JsonParts.object(part, key);
        }
        return part;
    }

    private static JsonObject job(Registration release) {
        var spec = JsonParts.object(StackController.of(release.inputs()).job(Step.PLAIN), "spec");
        return JsonParts.object(spec, "template");
    }
}
