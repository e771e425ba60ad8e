package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Rule.CIS;
import static io.buildkitefleet.rules.Severity.HIGH;
import static io.buildkitefleet.rules.Severity.MEDIUM;
import static io.buildkitefleet.rules.plan.Subject.flawIf;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who may do what in the cluster. */
final class RbacRules {
    private static final String RBAC = "kubernetes:rbac.authorization.k8s.io/";

    private static final Set<String> EVERYBODY =
            Set.of("system:anonymous", "system:unauthenticated", "system:authenticated", "system:masters");

    private static final Set<String> ESCALATING = Set.of("bind", "escalate", "impersonate");

    private RbacRules() {}

    static List<Rule> rules() {
        return List.of(
                Rule.named("rbac-cluster-admin", HIGH, "Nobody is cluster-admin")
                        .why("who is may read every Secret of every queue")
                        .mend("bind a Role with what is needed, in the namespace where it is needed")
                        .source(CIS + "4.1.1")
                        .check(Check.each(RbacRules::bindings, RbacRules::clusterAdmin)),
                Rule.named("rbac-system-groups", HIGH, "Nothing is bound to everybody, nor to system:masters")
                        .why("system:authenticated is everybody with a Google account")
                        .mend("name the service account or the group")
                        .source(CIS + "4.1.6", CIS + "4.1.8", CIS + "4.1.9", CIS + "4.1.10")
                        .check(Check.each(RbacRules::bindings, RbacRules::everybody)),
                Rule.named("rbac-default-account", MEDIUM, "Nothing is bound to a default service account")
                        .why("every pod that names no account has it")
                        .mend("bind an account that one kind of pod has")
                        .source(CIS + "4.1.4")
                        .check(Check.each(
                                RbacRules::bindings,
                                binding -> flawIf(
                                        subjects(binding)
                                                .anyMatch(subject -> subject.at("kind")
                                                                .is("ServiceAccount")
                                                        && subject.at("name").is("default")),
                                        "binds a default service account"))),
                Rule.named("rbac-wildcards", HIGH, "Roles name what they allow")
                        .why("a wildcard allows what the next version of Kubernetes brings, too")
                        .mend("list apiGroups, resources and verbs")
                        .source(CIS + "4.1.3")
                        .check(Check.each(RbacRules::roles, RbacRules::wildcard)),
                Rule.named("rbac-escalation", HIGH, "No role lets its holder get more")
                        .why("bind, escalate and impersonate are every right in the cluster")
                        .mend("leave these verbs out, and writing roles and bindings too")
                        .source(CIS + "4.1.7")
                        .check(Check.each(RbacRules::roles, RbacRules::escalation)),
                Rule.named("rbac-secrets", HIGH, "No role reads the Secrets of a queue")
                        .why("the agent token poses as any agent, and a queue's variables are its own")
                        .mend("leave Secrets out of ClusterRoles, and out of Roles where the fleet keeps some")
                        .source(CIS + "4.1.2")
                        .check(RbacRules::secrets));
    }

    private static List<Subject> bindings(PlannedStack stack) {
        return ofKind(stack, "RoleBinding", "ClusterRoleBinding");
    }

    private static List<Subject> roles(PlannedStack stack) {
        return ofKind(stack, "Role", "ClusterRole");
    }

    private static List<Subject> ofKind(PlannedStack stack, String... kinds) {
        return stack.ofTypes(RBAC).stream()
                .filter(subject -> Stream.of(kinds)
                        .anyMatch(kind -> subject.resource().type().endsWith(":" + kind)))
                .toList();
    }

    private static Stream<InputValue> subjects(Subject binding) {
        return binding.at("subjects").items().stream();
    }

    private static Optional<String> clusterAdmin(Subject binding) {
        return flawIf(binding.at("roleRef.name").is("cluster-admin"), "binds cluster-admin");
    }

    private static Optional<String> everybody(Subject binding) {
        return subjects(binding)
                .map(subject -> subject.at("name").text())
                .filter(EVERYBODY::contains)
                .findFirst()
                .map(name -> "binds " + name);
    }

    private static Optional<String> wildcard(Subject role) {
        var any = role.at("rules").items().stream().anyMatch(rule -> Stream.of("apiGroups", "resources", "verbs")
                .anyMatch(key -> rule.at(key).texts().contains("*")));
        return flawIf(any, "has a wildcard");
    }

    private static Optional<String> escalation(Subject role) {
        for (var rule : role.at("rules").items()) {
            var verbs = rule.at("verbs").texts();
            var escalating = verbs.stream().filter(ESCALATING::contains).findFirst();
            if (escalating.isPresent()) {
                return escalating.map(verb -> "allows " + verb);
            }
            if (rule.at("apiGroups").texts().contains("rbac.authorization.k8s.io")
                    && verbs.stream()
                            .anyMatch(verb -> !Set.of("get", "list", "watch").contains(verb))) {
                return Optional.of("may change roles or bindings");
            }
        }
        return Optional.empty();
    }

    private static Outcome secrets(PlannedStack stack) {
        return roles(stack).stream()
                .filter(role ->
                        opensSecrets(role) && role.at("metadata.namespace").isUnknown())
                .findFirst()
                .<Outcome>map(role -> new Outcome.NotChecked("the plan does not know yet in which namespace "
                        + role.resource().name() + " is"))
                .orElseGet(() -> Check.each(RbacRules::roles, role -> secrets(stack, role))
                        .of(stack));
    }

    private static Optional<String> secrets(PlannedStack stack, Subject role) {
        var everywhere = role.resource().type().endsWith(":ClusterRole");
        var namespace = role.at("metadata.namespace").text();
        var kept = stack.ofType(KubernetesType.SECRET).stream()
                .anyMatch(secret -> secret.at("metadata.namespace").is(namespace));
        return flawIf(
                opensSecrets(role) && (everywhere || kept),
                "opens Secrets of " + (everywhere ? "every namespace" : namespace));
    }

    private static boolean opensSecrets(Subject role) {
        return role.at("rules").items().stream()
                .anyMatch(rule -> rule.at("resources").texts().contains("secrets"));
    }
}
