package io.buildkitefleet.rules.rights;

import io.buildkitefleet.rules.plan.InputValue;
import java.util.Set;

/**
 * What gives more than it says.
 *
 * @param group of the API; empty for the core
 * @param verbs any of which is enough
 * @param everywhereOnly whether it is harmless in a namespace of the plan
 */
record Right(String what, String group, Set<String> resources, Set<String> verbs, boolean everywhereOnly) {
    boolean isGivenBy(InputValue rule, boolean everywhere) {
        return (everywhere || !everywhereOnly)
                && names(rule, "apiGroups", Set.of(group))
                && names(rule, "resources", resources)
                && names(rule, "verbs", verbs);
    }

    /**
     * Whether a rule names one of these, or a wildcard that stands for one: {@code *}, or {@code *}{@code /exec} for
     * {@code pods/exec}.
     *
     * @see <a
     *     href="https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/rbac/v1/evaluation_helpers.go">ResourceMatches</a>
     */
    static boolean names(InputValue rule, String key, Set<String> wanted) {
        return rule.at(key).texts().stream()
                .anyMatch(text -> text.equals("*")
                        || wanted.contains(text)
                        || text.startsWith("*/") && wanted.stream().anyMatch(name -> name.endsWith(text.substring(1))));
    }
}
