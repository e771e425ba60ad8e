package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A pod that a plan leads to, as the API server is told of it: before it, or a policy of it, changes anything.
 *
 * @param source the resource of the plan that leads to it
 * @param origin how it does
 * @param template its metadata and spec; a secret reads as what is inside it
 */
public record PlannedPod(Registration source, Origin origin, JsonObject template) {
    /** Who makes it. */
    public enum Origin {
        /** The plan has it, or the template of it. */
        PLAN,
        /** The chart of Buildkite's controller: the controller's own pod. */
        CHART,
        /** The controller: the pod of a job whose step says nothing but its command. */
        CONTROLLER
    }

    /** Where the template of pods is, by type. */
    private static final Map<String, List<String>> TEMPLATES = Map.of(
            "kubernetes:core/v1:Pod", List.of(),
            "kubernetes:core/v1:ReplicationController", List.of("spec", "template"),
            "kubernetes:core/v1:PodTemplate", List.of("template"),
            "kubernetes:apps/v1:Deployment", List.of("spec", "template"),
            "kubernetes:apps/v1:ReplicaSet", List.of("spec", "template"),
            "kubernetes:apps/v1:StatefulSet", List.of("spec", "template"),
            "kubernetes:apps/v1:DaemonSet", List.of("spec", "template"),
            "kubernetes:batch/v1:Job", List.of("spec", "template"),
            "kubernetes:batch/v1:CronJob", List.of("spec", "jobTemplate", "spec", "template"));

    /** The pods that a resource leads to, none for most. */
    public static Stream<PlannedPod> of(Registration resource) {
        if (TEMPLATES.containsKey(resource.type())) {
            var object = PropertyValues.revealed(resource.inputs()).getAsJsonObject();
            return Stream.of(new PlannedPod(resource, Origin.PLAN, templateIn(object, TEMPLATES.get(resource.type()))));
        }
        if (ReleaseObjects.isOf(resource)) {
            var controller = ReleaseObjects.of(resource).deployment();
            var job = StackController.of(resource).job(JobStep.PLAIN);
            return Stream.of(
                    new PlannedPod(resource, Origin.CHART, templateIn(controller, List.of("spec", "template"))),
                    new PlannedPod(resource, Origin.CONTROLLER, templateIn(job, List.of("spec", "template"))));
        }
        return Stream.empty();
    }

    private static JsonObject templateIn(JsonObject object, List<String> path) {
        var template = object;
        for (var step : path) {
            template = JsonTree.object(template, step);
        }
        return template;
    }
}
