package io.buildkitefleet.rules.plan;

import io.buildkitefleet.resources.KubernetesType;
import java.util.List;
import java.util.stream.Stream;

/**
 * A ValidatingAdmissionPolicy: what the API server is to refuse.
 *
 * @param subject the policy itself
 */
public record Policy(Subject subject) {
    /** Those of a plan that refuse what they cannot judge. Others let through whatever makes them fail. */
    public static Stream<Policy> failingClosed(PlannedStack stack) {
        return stack.ofType(KubernetesType.VALIDATING_ADMISSION_POLICY).stream()
                .filter(policy -> policy.at("spec.failurePolicy").is("Fail"))
                .map(Policy::new);
    }

    public String name() {
        return subject.at("metadata.name").text();
    }

    /** Whether it looks at such requests, as {@code CREATE} of {@code pods}. */
    public boolean judges(String operation, String resource) {
        return subject.at("spec.matchConstraints.resourceRules").items().stream()
                .anyMatch(rule -> rule.key("operations").texts().contains(operation)
                        && rule.key("resources").texts().contains(resource));
    }

    /** The bindings by which it refuses. Others only warn. */
    public List<Subject> refusals(PlannedStack stack) {
        return stack.ofType(KubernetesType.VALIDATING_ADMISSION_POLICY_BINDING).stream()
                .filter(binding -> binding.at("spec.policyName").is(name()))
                .filter(binding -> binding.at("spec.validationActions").texts().contains("Deny"))
                .toList();
    }
}
