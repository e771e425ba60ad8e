package io.buildkitefleet.rules.plan;

import io.buildkitefleet.resources.KubernetesType;
import java.util.List;

/** The releases of Buildkite's controller in a plan. */
public final class Releases {
    private Releases() {}

    public static List<Release> of(PlannedStack stack) {
        return stack.ofType(KubernetesType.RELEASE).stream()
                .filter(Release::isController)
                .map(Release::new)
                .toList();
    }

    public static List<Subject> subjects(PlannedStack stack) {
        return of(stack).stream().map(Release::subject).toList();
    }
}
