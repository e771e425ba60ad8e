package io.buildkitefleet.rules.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the plan itself runs in the cluster: something with a pod, or with a template of pods.
 *
 * @param subject the object
 * @param template what stands beside the pod's spec: its metadata
 */
public record Workload(Subject subject, InputValue template) {
    /** Where the template of pods is, by kind. */
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

    private static final List<String> SERVING =
            List.of("kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet", "kubernetes:apps/v1:DaemonSet");

    /** Every one, in the order of the plan. */
    public static List<Subject> subjects(PlannedStack stack) {
        return stack.matching("workload", TEMPLATES::containsKey);
    }

    public static Workload of(Subject subject) {
        var path = TEMPLATES.get(subject.resource().type());
        return new Workload(subject, path.isEmpty() ? subject.value() : subject.at(path));
    }

    public InputValue pod() {
        return template.key("spec");
    }

    /** Whether it runs until somebody ends it. */
    public boolean isServing() {
        return SERVING.contains(subject.resource().type());
    }

    /** The containers that run beside each other. */
    public List<InputValue> containers() {
        return pod().key("containers").items();
    }

    /** All of them, those that run before and sidecars too. */
    public Stream<InputValue> allContainers() {
        var all = new ArrayList<>(pod().key("initContainers").items());
        all.addAll(containers());
        return all.stream();
    }
}
