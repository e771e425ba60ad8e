package io.buildkitefleet.rules.plan;

import io.buildkitefleet.pods.security.Level;
import io.buildkitefleet.pods.security.PodSecurity;
import io.buildkitefleet.resources.KubernetesType;
import java.util.Optional;

/** What the namespaces of a plan hold their pods to. */
public final class Borders {
    private Borders() {}

    /** What a namespace enforces; nothing if the plan does not have it, or the API server would refuse its labels. */
    public static Optional<PodSecurity> enforcedIn(PlannedStack stack, String namespace) {
        return stack.ofType(KubernetesType.NAMESPACE).stream()
                .filter(subject -> subject.at("metadata.name").is(namespace))
                .findFirst()
                .flatMap(Borders::enforcedBy);
    }

    /** What a namespace enforces; nothing if the API server would refuse its labels. */
    public static Optional<PodSecurity> enforcedBy(Subject namespace) {
        return PodSecurity.enforcedBy(namespace.at("metadata.labels").object());
    }

    /** Whether a namespace admits every pod. */
    public static boolean admitsAll(PlannedStack stack, String namespace) {
        return enforcedIn(stack, namespace)
                .filter(enforced -> enforced.level() == Level.PRIVILEGED)
                .isPresent();
    }

    /** Whether jobs have a container that owns its node, and may. One that may not never starts. */
    public static boolean ownsItsNodes(PlannedStack stack, Release release) {
        return admitsAll(stack, release.namespace())
                && release.containers().stream()
                        .anyMatch(container ->
                                container.at("securityContext.privileged").isTrue());
    }
}
