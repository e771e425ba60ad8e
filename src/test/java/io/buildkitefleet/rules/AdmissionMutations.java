package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.add;
import static io.buildkitefleet.rules.Mutation.drop;
import static io.buildkitefleet.rules.Mutation.dropResource;
import static io.buildkitefleet.rules.Mutation.set;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes in the fleet's own admission policies: each of its nine has some of one kind or another. */
final class AdmissionMutations {
    private static final String RULE = "admission-whole";

    private static final String POLICY = "admission-jobs";

    private static final String BINDING = "admission-jobs-binding";

    private AdmissionMutations() {}

    static List<Mutation> all() {
        return Stream.of(judged(), policies(), bindings()).flatMap(List::stream).toList();
    }

    /** Those by which something is judged by no policy at all. */
    private static List<Mutation> judged() {
        return Stream.of(
                        dropResource("queue-admission", POLICY),
                        dropResource("queue-admission", BINDING),
                        dropResource("queue-admission", "admission-shells-binding"),
                        dropResource("queue-admission", "admission-changes"),
                        set("queue-admission", POLICY, "\"Ignore\"", "spec", "failurePolicy"),
                        set("queue-admission", POLICY, "[]", "spec", "validations"),
                        set("queue-admission", POLICY, "[{\"expression\": \"true\"}]", "spec", "validations"),
                        set(
                                "queue-admission",
                                POLICY,
                                "[{\"expression\": \"'object' == 'object'\"}]",
                                "spec",
                                "validations"),
                        set(
                                "queue-admission",
                                POLICY,
                                "[{\"name\": \"never\", \"expression\": \"false\"}]",
                                "spec",
                                "matchConditions"),
                        set(
                                "queue-admission",
                                POLICY,
                                "[{\"apiGroups\": [\"*\"], \"apiVersions\": [\"*\"], \"operations\": [\"*\"], \"resources\": [\"*\"]}]",
                                "spec",
                                "matchConstraints",
                                "excludeResourceRules"),
                        set(
                                "queue-admission",
                                POLICY,
                                "{\"matchLabels\": {\"a\": \"b\"}}",
                                "spec",
                                "matchConstraints",
                                "objectSelector"),
                        set(
                                "queue-admission",
                                POLICY,
                                "{\"matchLabels\": {\"a\": \"b\"}}",
                                "spec",
                                "matchConstraints",
                                "namespaceSelector"),
                        set(
                                "queue-admission",
                                POLICY,
                                "[\"x\"]",
                                "spec",
                                "matchConstraints",
                                "resourceRules",
                                1,
                                "resourceNames"),
                        set(
                                "queue-admission",
                                POLICY,
                                "\"Cluster\"",
                                "spec",
                                "matchConstraints",
                                "resourceRules",
                                1,
                                "scope"),
                        set("queue-admission", BINDING, "[\"Audit\", \"Warn\"]", "spec", "validationActions"),
                        set("queue-admission", BINDING, "\"Allow\"", "spec", "paramRef", "parameterNotFoundAction"),
                        set(
                                "queue-admission",
                                BINDING,
                                "\"big\"",
                                "spec",
                                "matchResources",
                                "namespaceSelector",
                                "matchLabels",
                                "buildkite-fleet/queue"),
                        set("queue-admission", BINDING, "{}", "spec", "matchResources", "objectSelector"),
                        dropResource("namespace-admission", "workloads-deploy-pods-binding"),
                        set(
                                "namespace-admission",
                                "workloads-deploy-pods-binding",
                                "[\"Warn\"]",
                                "spec",
                                "validationActions"),
                        set(
                                "namespace-admission",
                                "cache-servers-pods-caches-policy",
                                "\"Ignore\"",
                                "spec",
                                "failurePolicy"),
                        dropResource("namespace-admission", "mirrors-pods-refresh-policy"),
                        set(
                                "namespace-admission",
                                "workloads-deploy-network-policy",
                                "\"Ignore\"",
                                "spec",
                                "failurePolicy"),
                        dropResource("namespace-admission", "workloads-deploy-network-binding"),
                        set(
                                "namespace-admission",
                                "workloads-deploy-network-binding",
                                "{\"matchLabels\":{\"a\":\"b\"}}",
                                "spec",
                                "matchResources",
                                "objectSelector"),
                        drop(
                                "admission-mutation",
                                "mirrors-admission-binding",
                                "spec",
                                "matchResources",
                                "namespaceSelector"))
                .map(mutation -> mutation.seenBy(RULE))
                .toList();
    }

    private static List<Mutation> policies() {
        return List.of(
                weak("admission-jobs", "true", 3),
                weak("admission-controllers", "true", 0),
                weak("admission-mirrors", "1 == 1", 1),
                weak("admission-changes", "object == object || true", 0),
                weak("admission-shells", "size(variables.added) >= 0", 1),
                weak("workloads-deploy-pods-policy", "true", 2),
                weak("workloads-deploy-network-policy", "true", 1),
                weak("cache-servers-pods-caches-policy", "true", 0),
                weak("mirrors-pods-refresh-policy", "true", 3),
                without("admission-jobs", 5),
                without("cache-servers-pods-caches-policy", 1),
                set(RULE, POLICY, "\"'none'\"", "spec", "variables", 0, "expression"),
                set(
                        RULE,
                        "cache-servers-pods-caches-policy",
                        "\"{'go': 'evil'}\"",
                        "spec",
                        "variables",
                        0,
                        "expression"),
                set(
                        RULE,
                        "admission-shells",
                        "[{\"name\":\"some\",\"expression\":\"request.userInfo.username != 'joe'\"}]",
                        "spec",
                        "matchConditions"),
                set(RULE, "admission-mirrors", "\"Exact\"", "spec", "matchConstraints", "matchPolicy"),
                set(RULE, "mirrors-admission-policy", "\"Fail\"", "spec", "failurePolicy"),
                set(
                        RULE,
                        "mirrors-admission-policy",
                        "\"[JSONPatch{op: 'add', path: '/spec/hostNetwork', value: true}]\"",
                        "spec",
                        "mutations",
                        0,
                        "jsonPatch",
                        "expression"));
    }

    private static List<Mutation> bindings() {
        return List.of(
                set(RULE, BINDING, "\"big\"", "spec", "paramRef", "namespace"),
                set(RULE, BINDING, "\"Exact\"", "spec", "matchResources", "matchPolicy")
                        .seenBy("queue-admission"),
                set(RULE, BINDING, "[\"Deny\",\"Audit\"]", "spec", "validationActions"),
                set(RULE, "mirrors-admission-binding", "\"Deny\"", "spec", "paramRef", "parameterNotFoundAction"),
                set(
                        RULE,
                        "mirrors-admission-binding",
                        "[\"kube-system\"]",
                        "spec",
                        "matchResources",
                        "namespaceSelector",
                        "matchExpressions",
                        0,
                        "values"),
                add(
                        RULE,
                        "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
                        "{\"metadata\":{\"name\":\"buildkite-queue-jobs\"},\"spec\":{\"failurePolicy\":\"Fail\"}}"));
    }

    private static Mutation weak(String policy, String expression, int validation) {
        return set(RULE, policy, "\"" + expression + "\"", "spec", "validations", validation, "expression");
    }

    private static Mutation without(String policy, int validation) {
        return new Mutation(
                RULE,
                policy + " without validation " + validation,
                plan -> plan.withoutItem(policy, validation, "spec", "validations"));
    }
}
