package io.buildkitefleet.rules.plan;

import io.buildkitefleet.pods.PlannedPod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the plan itself runs in the cluster: something with a pod, or with a template of pods.
 *
 * @param subject the object
 * @param template what stands beside the pod's spec: its metadata
 */
public record Workload(Subject subject, InputValue template) {
    private static final List<String> SERVING =
            List.of("kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet", "kubernetes:apps/v1:DaemonSet");

    /** Every one, in the order of the plan. */
    public static List<Subject> subjects(PlannedStack stack) {
        return stack.matching("workload", PlannedPod::hasTemplate);
    }

    public static Workload of(Subject subject) {
        var path = PlannedPod.templatePath(subject.resource().type());
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
