package io.buildkitefleet.rules.plan;

import io.buildkitefleet.pods.PlannedPod;
import io.buildkitefleet.resources.KubernetesType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The releases of Buildkite's controller in a plan. */
public final class Releases {
    private Releases() {}

    public static List<Release> of(PlannedStack stack) {
        return stack.ofType(KubernetesType.RELEASE).stream()
                .filter(release -> PlannedPod.isController(release.resource()))
                .map(Release::new)
                .toList();
    }

    /** The names of the namespaces that they are in. */
    public static Set<String> namespaces(PlannedStack stack) {
        return of(stack).stream().map(Release::namespace).collect(Collectors.toSet());
    }

    public static List<Subject> subjects(PlannedStack stack) {
        return of(stack).stream().map(Release::subject).toList();
    }
}
