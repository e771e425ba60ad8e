package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Optional;

/**
 * A network policy as Kubernetes reads it: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
record NetworkPolicy(Subject subject) {
    private static final String INGRESS = "Ingress";

    private static final String EGRESS = "Egress";

    /**
     * What leaves a namespace open: a direction in which no policy of it bounds each pod, and no other rule says so.
     */
    static Optional<String> missingIn(PlannedStack stack, String namespace) {
        var bounding = in(stack, namespace).stream()
                .filter(NetworkPolicy::selectsEveryPod)
                .toList();
        if (bounding.isEmpty()) {
            return Optional.of("no network policy selects all its pods");
        }
        return Subject.flawIf(
                        bounding.stream().noneMatch(policy -> policy.bounds(INGRESS)),
                        "no network policy closes the way in for all its pods")
                .or(() -> NetworkPolicyRules.strictNamespaces(stack).contains(namespace)
                        ? Optional.empty()
                        : missingEgressIn(stack, namespace));
    }

    /** The same of the way out alone. */
    static Optional<String> missingEgressIn(PlannedStack stack, String namespace) {
        return Subject.flawIf(
                in(stack, namespace).stream().noneMatch(policy -> policy.selectsEveryPod() && policy.bounds(EGRESS)),
                "no network policy closes the way out for all its pods");
    }

    private static List<NetworkPolicy> in(PlannedStack stack, String namespace) {
        return stack.ofType(KubernetesType.NETWORK_POLICY).stream()
                .filter(policy -> policy.at("metadata.namespace").is(namespace))
                .map(NetworkPolicy::new)
                .toList();
    }

    private boolean selectsEveryPod() {
        var selector = subject.at("spec.podSelector");
        var labels = selector.key("matchLabels");
        var expressions = selector.key("matchExpressions");
        return List.of(selector, labels, expressions).stream().noneMatch(InputValue::isUnknown)
                && labels.keys().isEmpty()
                && expressions.items().isEmpty();
    }

    /** Whether what it does not list is closed. A policy without types bounds the way in, and out if it lists any. */
    private boolean bounds(String direction) {
        var types = subject.at("spec.policyTypes").texts();
        return types.isEmpty()
                ? direction.equals(INGRESS)
                        || !subject.at("spec.egress").items().isEmpty()
                : types.contains(direction);
    }
}
