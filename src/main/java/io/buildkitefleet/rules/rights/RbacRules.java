package io.buildkitefleet.rules.rights;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Policy;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may do what in the cluster. */
public final class RbacRules {
    private static final String RBAC = "kubernetes:rbac.authorization.k8s.io/";

    static final Set<String> EVERYBODY = Set.of(
            "system:anonymous",
            "system:unauthenticated",
            "system:authenticated",
            "system:serviceaccounts",
            "system:masters");

    /**
     * A default account by the name that it has as a user, and the group of all accounts of a namespace, which it is
     * in: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
     */
    private static final Pattern DEFAULT_ACCOUNT =
            Pattern.compile("system:serviceaccount:[^:]+:default|system:serviceaccounts:.+");

    static final Set<String> EDITORS = Set.of("edit", "admin");

    /** Newer kinds of impersonation have names that begin so, as {@code impersonate:user-info}. */
    private static final Pattern ESCALATING = Pattern.compile("bind|escalate|impersonate.*");

    /**
     * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles: what everybody may know anyway.
     */
    static final Set<String> DISCOVERY = Set.of("system:basic-user", "system:discovery", "system:public-info-viewer");

    private static final Set<String> BINDING = Set.of("roles", "clusterroles", "rolebindings", "clusterrolebindings");

    private static final Set<String> READING = Set.of("get", "list", "watch");

    private static final Set<String> WRITING = Set.of("create", "update", "patch");

    static final Set<String> CHANGING = Set.of("create", "update", "patch", "delete", "deletecollection");

    private static final Right SHELLS = new Right(
            "open shells in pods",
            "",
            Set.of("pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers"),
            Set.of("get", "create", "update", "patch"),
            true);

    private static final List<Right> RIGHTS = List.of(
            new Right(
                    "ask for tokens of service accounts", "", Set.of("serviceaccounts/token"), Set.of("create"), false),
            new Right("pose as others", "", Set.of("users", "groups", "serviceaccounts"), Set.of("impersonate"), false),
            new Right(
                    "change which pods a namespace admits", "", Set.of("namespaces"), Set.of("update", "patch"), false),
            new Right(
                    "reach the kubelet of a node, which runs anything in its pods",
                    "",
                    Set.of("nodes/proxy"),
                    Set.of("get", "create", "update", "patch"),
                    true),
            new Right(
                    "change what judges and changes every request",
                    "admissionregistration.k8s.io",
                    Set.of(
                            "mutatingwebhookconfigurations",
                            "validatingwebhookconfigurations",
                            "mutatingadmissionpolicies",
                            "mutatingadmissionpolicybindings",
                            "validatingadmissionpolicies",
                            "validatingadmissionpolicybindings"),
                    CHANGING,
                    true),
            new Right(
                    "approve certificates, also one of an administrator",
                    "certificates.k8s.io",
                    Set.of("certificatesigningrequests/approval", "certificatesigningrequests/status", "signers"),
                    Set.of("update", "patch", "approve", "sign"),
                    true),
            new Right("make volumes of any directory of a node", "", Set.of("persistentvolumes"), WRITING, true),
            new Right("make pods", "", Set.of("pods", "replicationcontrollers", "podtemplates"), WRITING, true),
            new Right(
                    "make pods",
                    "apps",
                    Set.of("deployments", "daemonsets", "replicasets", "statefulsets"),
                    WRITING,
                    true),
            new Right("make pods", "batch", Set.of("jobs", "cronjobs"), WRITING, true),
            new Right(
                    "answer in the API server's place",
                    "apiregistration.k8s.io",
                    Set.of("apiservices", "apiservices/status"),
                    CHANGING,
                    true),
            new Right(
                    "change the kinds of objects that there are",
                    "apiextensions.k8s.io",
                    Set.of("customresourcedefinitions", "customresourcedefinitions/status"),
                    CHANGING,
                    true),
            new Right(
                    "change nodes, by whose labels pods find them",
                    "",
                    Set.of("nodes", "nodes/status"),
                    CHANGING,
                    true),
            new Right("change network policies", "networking.k8s.io", Set.of("networkpolicies"), CHANGING, true),
            new Right("lead what is meant for a Service elsewhere", "", Set.of("endpoints"), CHANGING, true),
            new Right(
                    "lead what is meant for a Service elsewhere",
                    "discovery.k8s.io",
                    Set.of("endpointslices"),
                    CHANGING,
                    true),
            new Right("change hooks and what queues admit: configmaps", "", Set.of("configmaps"), CHANGING, true),
            new Right(
                    "speak to pods past their network policies",
                    "",
                    Set.of("pods/proxy", "services/proxy"),
                    Set.of("get", "create", "update", "patch", "delete"),
                    true),
            new Right("delete namespaces", "", Set.of("namespaces"), Set.of("delete", "deletecollection"), true),
            new Right("change what bounds a namespace", "", Set.of("resourcequotas", "limitranges"), CHANGING, true),
            SHELLS);

    private RbacRules() {}

    public static List<Rule> rules() {
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
                                        subjects(binding).anyMatch(RbacRules::isDefaultAccount),
                                        "binds a default service account"))),
                Rule.named("rbac-wildcards", HIGH, "Roles name what they allow")
                        .why("a wildcard allows what the next version of Kubernetes brings, too")
                        .mend("list apiGroups, resources and verbs")
                        .source(CIS + "4.1.3")
                        .check(Check.each(RbacRules::roles, RbacRules::wildcard)),
                Rule.named("rbac-escalation", HIGH, "No role lets its holder get more")
                        .why(
                                "who may bind roles, ask for tokens of others, or make pods in every namespace, or in kube-system, has every right in the"
                                        + " cluster")
                        .mend("leave these verbs out, and writing what decides over others")
                        .source(CIS + "4.1.7", "https://kubernetes.io/docs/concepts/security/rbac-good-practices/")
                        .check(stack -> Check.each(RbacRules::roles, role -> escalation(stack, role))
                                .of(stack)),
                Rule.named(
                                "rbac-shells",
                                MEDIUM,
                                "No role opens a shell in the pods of a namespace that nothing watches")
                        .why(
                                "a shell in a pod has what the pod has; in the namespaces of queues a policy says in which")
                        .mend("leave out pods/exec, pods/attach, pods/portforward and pods/ephemeralcontainers")
                        .source("KSV-0053")
                        .check(stack -> Check.each(RbacRules::roles, role -> shells(stack, role))
                                .of(stack)),
                Rule.named("rbac-secrets", HIGH, "No role reads the Secrets of a queue")
                        .why("the agent token poses as any agent, and a queue's variables are its own")
                        .mend("leave Secrets out of ClusterRoles, and out of Roles where the fleet keeps some")
                        .source(CIS + "4.1.2")
                        .check(RbacRules::secrets),
                Rule.named(
                                "rbac-edit",
                                HIGH,
                                "Nobody may edit every namespace, or the system's, or has a role of Kubernetes' own parts")
                        .why("the roles edit and admin read the Secrets of every queue, and so do those of controllers")
                        .mend("bind a Role with what is needed, in the namespace where it is needed")
                        .source("KSV-0111")
                        .check(stack -> Check.each(RbacRules::bindings, binding -> powerful(stack, binding))
                                .of(stack)));
    }

    static Optional<String> powerful(PlannedStack stack, Subject binding) {
        var role = binding.at("roleRef.name").text();
        var beyond = EDITORS.contains(role) ? beyond(stack, binding) : Optional.<String>empty();
        return beyond.map(where -> "binds " + role + where)
                .or(() -> flawIf(role.startsWith("system:") && !DISCOVERY.contains(role), "binds " + role));
    }

    /**
     * Where something holds that is not kept to a namespace of the plan: everywhere, or where others have what the plan
     * does not know, as in kube-system.
     */
    static Optional<String> beyond(PlannedStack stack, Subject subject) {
        if (isEverywhere(subject)) {
            return Optional.of(" in every namespace");
        }
        var namespace = subject.at("metadata.namespace");
        var isOfPlan = stack.ofType(KubernetesType.NAMESPACE).stream()
                .anyMatch(planned -> planned.at("metadata.name").is(namespace.text()));
        return flawIf(
                !isOfPlan && !namespace.isUnknown(),
                " in " + (namespace.text().isEmpty() ? "default" : namespace.text()) + ", which is not the plan's");
    }

    static boolean isDefaultAccount(InputValue subject) {
        return subject.at("kind").is("ServiceAccount") && subject.at("name").is("default")
                || DEFAULT_ACCOUNT.matcher(subject.at("name").text()).matches();
    }

    /** Of roles in a namespace and of those everywhere. */
    public static List<Subject> bindings(PlannedStack stack) {
        return ofKind(stack, "RoleBinding", "ClusterRoleBinding");
    }

    static List<Subject> roles(PlannedStack stack) {
        return ofKind(stack, "Role", "ClusterRole");
    }

    private static List<Subject> ofKind(PlannedStack stack, String... kinds) {
        return stack.matching(
                String.join(" or ", kinds),
                type -> type.startsWith(RBAC) && Stream.of(kinds).anyMatch(kind -> type.endsWith(":" + kind)));
    }

    /** Who has what a binding gives. */
    public static Stream<InputValue> subjects(Subject binding) {
        return binding.at("subjects").items().stream();
    }

    static Optional<String> clusterAdmin(Subject binding) {
        return flawIf(binding.at("roleRef.name").is("cluster-admin"), "binds cluster-admin");
    }

    static Optional<String> everybody(Subject binding) {
        return subjects(binding)
                .map(subject -> subject.at("name").text())
                .filter(EVERYBODY::contains)
                .findFirst()
                .map(name -> "binds " + name);
    }

    static Optional<String> wildcard(Subject role) {
        var any = role.at("rules").items().stream()
                .flatMap(rule -> Stream.of("apiGroups", "resources", "verbs", "nonResourceURLs")
                        .flatMap(key -> rule.at(key).texts().stream()))
                .anyMatch(RbacRules::isWildcard);
        return flawIf(any, "has a wildcard")
                .or(() -> flawIf(role.at("aggregationRule").exists(), "allows whatever other roles do"));
    }

    /** Of everything, of a part of everything, and of every path; but not of the paths below one. */
    private static boolean isWildcard(String text) {
        return text.equals("*") || text.startsWith("*/") || text.equals("/*");
    }

    static Optional<String> escalation(PlannedStack stack, Subject role) {
        var beyond = beyond(stack, role);
        for (var rule : role.at("rules").items()) {
            var verbs = rule.at("verbs").texts();
            var escalating =
                    verbs.stream().filter(ESCALATING.asMatchPredicate()).findFirst();
            if (escalating.isPresent()) {
                return escalating.map(verb -> "allows " + verb);
            }
            if (Right.names(rule, "apiGroups", Set.of("rbac.authorization.k8s.io"))
                    && Right.names(rule, "resources", BINDING)
                    && verbs.stream().anyMatch(verb -> !READING.contains(verb))) {
                return Optional.of("may change roles or bindings");
            }
            var right = RIGHTS.stream()
                    .filter(found -> found.isGivenBy(rule, beyond.isPresent()))
                    .findFirst();
            if (right.isPresent()) {
                return right.map(found -> "may " + found.what() + (found.everywhereOnly() ? beyond.orElse("") : ""));
            }
        }
        return Optional.empty();
    }

    static Optional<String> shells(PlannedStack stack, Subject role) {
        var namespace = role.at("metadata.namespace").text();
        var watched = Releases.namespaces(stack).contains(namespace)
                && Policy.failingClosed(stack).anyMatch(policy -> policy.judges("CONNECT", "pods/exec"));
        return flawIf(
                !watched
                        && beyond(stack, role).isEmpty()
                        && role.at("rules").items().stream().anyMatch(rule -> SHELLS.isGivenBy(rule, true)),
                "opens shells in the pods of " + namespace);
    }

    private static boolean isEverywhere(Subject role) {
        return role.resource().type().matches(".*:ClusterRole(Binding)?");
    }

    private static Outcome secrets(PlannedStack stack) {
        return openingSecrets(stack).stream()
                .filter(opening -> opening.at("metadata.namespace").isUnknown())
                .findFirst()
                .<Outcome>map(opening -> new Outcome.NotChecked("the plan does not know yet in which namespace "
                        + opening.resource().name() + " is"))
                .orElseGet(() -> {
                    var opening = openingSecrets(stack);
                    return Check.each(
                                    RbacRules::all,
                                    role -> opening.contains(role) ? secrets(stack, role) : Optional.empty())
                            .of(stack);
                });
    }

    static Optional<String> secrets(PlannedStack stack, Subject opening) {
        var namespace = opening.at("metadata.namespace").text();
        var beyond = beyond(stack, opening);
        if (beyond.isPresent()) {
            // Of what binds one of Kubernetes' own roles there, another rule speaks.
            return flawIf(!opening.resource().type().endsWith("Binding"), "opens Secrets" + beyond.get());
        }
        return flawIf(
                stack.ofType(KubernetesType.SECRET).stream()
                        .anyMatch(secret -> secret.at("metadata.namespace").is(namespace)),
                "opens Secrets of " + namespace);
    }

    private static List<Subject> all(PlannedStack stack) {
        return ofKind(stack, "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");
    }

    /** Roles, and what binds one of Kubernetes' own in a namespace; everywhere, another rule speaks of that. */
    static List<Subject> openingSecrets(PlannedStack stack) {
        return all(stack).stream()
                .filter(subject -> subject.at("rules").items().stream().anyMatch(RbacRules::opensSecrets)
                        || subject.resource().type().endsWith(":RoleBinding")
                                && EDITORS.contains(subject.at("roleRef.name").text()))
                .toList();
    }

    private static boolean opensSecrets(InputValue rule) {
        return Right.names(rule, "apiGroups", Set.of("")) && Right.names(rule, "resources", Set.of("secrets"));
    }

    /** The namespaces, beside those of queues, in which a role lets somebody make Deployments. */
    public static Set<String> deployNamespaces(PlannedStack stack) {
        var queues = Releases.namespaces(stack);
        return stack.ofType(KubernetesType.ROLE).stream()
                .filter(role -> role.at("rules").items().stream()
                        .anyMatch(rule -> rule.at("resources").texts().contains("deployments")
                                && rule.at("verbs").texts().contains("create")))
                .map(role -> role.at("metadata.namespace").text())
                .filter(namespace -> !queues.contains(namespace))
                .collect(Collectors.toSet());
    }
}
