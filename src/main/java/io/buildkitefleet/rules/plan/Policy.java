package io.buildkitefleet.rules.plan;

import io.buildkitefleet.resources.KubernetesType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A ValidatingAdmissionPolicy: what the API server is to refuse.
 *
 * @param subject the policy itself
 */
public record Policy(Subject subject) {
    /** What leaves out a part of what the resource rules name. */
    private static final List<String> NARROWING =
            List.of("namespaceSelector", "objectSelector", "excludeResourceRules");

    /**
     * What an expression can ask about:
     * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
     */
    private static final Pattern ASKING =
            Pattern.compile("\\b(object|oldObject|request|params|namespaceObject|variables|authorizer)\\b");

    private static final Pattern LITERAL = Pattern.compile("'[^'\\n]*'|\"[^\"\\n]*\"");

    /** Those of a plan that refuse what they cannot judge. Others let through whatever makes them fail. */
    public static Stream<Policy> failingClosed(PlannedStack stack) {
        return stack.ofType(KubernetesType.VALIDATING_ADMISSION_POLICY).stream()
                .filter(policy -> policy.at("spec.failurePolicy").is("Fail"))
                .map(Policy::new);
    }

    public String name() {
        return subject.at("metadata.name").text();
    }

    /**
     * Whether it refuses some of all such requests, as {@code CREATE} of {@code pods}: nothing takes a part of them out
     * beforehand, and what it asks of them can fail.
     */
    public boolean judges(String operation, String resource) {
        var constraints = subject.at("spec.matchConstraints");
        return NARROWING.stream().allMatch(key -> isNothing(constraints.key(key)))
                && constraints.key("resourceRules").items().stream()
                        .anyMatch(rule -> isNothing(rule.key("resourceNames"))
                                && (!rule.key("scope").exists()
                                        || rule.key("scope").is("*"))
                                && names(rule, "apiVersions", "v1")
                                && names(rule, "operations", operation)
                                && names(rule, "resources", resource))
                && expressions("matchConditions").allMatch(Policy::asks)
                && expressions("validations").anyMatch(Policy::asks);
    }

    private static boolean isNothing(InputValue value) {
        return !value.exists() || value.isEmpty();
    }

    private static boolean names(InputValue rule, String key, String wanted) {
        return rule.key(key).texts().stream().anyMatch(text -> text.equals("*") || text.equals(wanted));
    }

    private Stream<String> expressions(String key) {
        return subject.at("spec").key(key).items().stream()
                .map(item -> item.key("expression").text());
    }

    /** Whether the answer depends on the request. One that does not is the same for all of them. */
    private static boolean asks(String expression) {
        return ASKING.matcher(LITERAL.matcher(expression).replaceAll("''")).find();
    }

    /** The bindings by which it refuses. Others only warn. */
    public List<Subject> refusals(PlannedStack stack) {
        return stack.ofType(KubernetesType.VALIDATING_ADMISSION_POLICY_BINDING).stream()
                .filter(binding -> binding.at("spec.policyName").is(name()))
                .filter(binding -> binding.at("spec.validationActions").texts().contains("Deny"))
                .toList();
    }
}
