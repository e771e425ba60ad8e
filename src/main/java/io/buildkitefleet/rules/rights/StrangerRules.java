package io.buildkitefleet.rules.rights;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who beside the fleet has rights in its cluster, and what some rights do to what others run. */
public final class StrangerRules {
    private static final Set<String> CREATE = Set.of("create");

    private static final Set<String> UPDATE = Set.of("update", "patch");

    private static final Set<String> DELETE = Set.of("delete", "deletecollection");

    /**
     * Harmless where jobs deploy, but not where the fleet's own pods run, nor in namespaces that are not the plan's.
     */
    private static final List<Right> DISTURBING = List.of(
            disturbing("end pods", "", DELETE, "pods"),
            disturbing("end pods", "", CREATE, "pods/eviction"),
            disturbing("end what runs", "apps", DELETE, "deployments", "daemonsets", "statefulsets", "replicasets"),
            disturbing("end what runs", "apps", UPDATE, "deployments/scale", "statefulsets/scale", "replicasets/scale"),
            disturbing("put pods on any node", "", CREATE, "pods/binding", "bindings"),
            disturbing("say of pods and Services how they are", "", UPDATE, "pods/status", "services/status"),
            disturbing(
                    "say of workloads how they are",
                    "apps",
                    UPDATE,
                    "deployments/status",
                    "daemonsets/status",
                    "statefulsets/status",
                    "replicasets/status"),
            disturbing("say of jobs how they are", "batch", UPDATE, "jobs/status", "cronjobs/status"),
            disturbing("open a way in, or lead it elsewhere", "", RbacRules.CHANGING, "services"),
            disturbing("open a way in", "networking.k8s.io", RbacRules.CHANGING, "ingresses", "ingressclasses"),
            disturbing(
                    "open a way in",
                    "gateway.networking.k8s.io",
                    RbacRules.CHANGING,
                    "gateways",
                    "gatewayclasses",
                    "httproutes",
                    "grpcroutes",
                    "tcproutes",
                    "tlsroutes",
                    "udproutes",
                    "referencegrants"),
            disturbing(
                    "change network policies",
                    "cilium.io",
                    RbacRules.CHANGING,
                    "ciliumnetworkpolicies",
                    "ciliumclusterwidenetworkpolicies"),
            disturbing("change network policies", "networking.gke.io", RbacRules.CHANGING, "fqdnnetworkpolicies"),
            disturbing("change what a sandbox is", "node.k8s.io", RbacRules.CHANGING, "runtimeclasses"),
            disturbing("change who is served first", "scheduling.k8s.io", RbacRules.CHANGING, "priorityclasses"));

    /** What debuggers have in their queue's namespace, and what fills git mirrors in each. */
    private static final List<Right> ELSEWHERE = List.of(
            disturbing("read what pods log", "", Set.of("get"), "pods/log"),
            disturbing("end jobs", "batch", DELETE, "jobs", "cronjobs"));

    /** Of the API server itself, what says whether it is well. */
    private static final Set<String> HEALTH = Set.of("/healthz", "/livez", "/readyz", "/version");

    private static final Set<String> PERSONS = Set.of("User", "Group");

    private StrangerRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("rbac-disturbance", HIGH, "No role changes or watches what others run")
                        .why(
                                "who ends the pods of a queue stops its builds, who answers for a Service gets what is meant for it, and"
                                        + " logs have what jobs print")
                        .mend("leave these rights to namespaces that jobs deploy into")
                        .source("https://kubernetes.io/docs/concepts/security/rbac-good-practices/")
                        .check(stack -> Check.each(RbacRules::roles, role -> disturbing(stack, role))
                                .of(stack)),
                Rule.named("rbac-strangers", HIGH, "Rights in the cluster are the fleet's own accounts' alone")
                        .why("who is named in no configuration does so unseen, also once everybody has forgotten why")
                        .mend(
                                "bind a service account of the plan; who may look into a queue's jobs, queues.NAME.debuggers says")
                        .check(StrangerRules::strangers));
    }

    private static Right disturbing(String what, String group, Set<String> verbs, String... resources) {
        return new Right(what, group, Set.of(resources), verbs, true);
    }

    /** What {@code rbac-escalation} or {@code rbac-wildcards} finds is worse. */
    static Optional<String> disturbing(PlannedStack stack, Subject role) {
        if (RbacRules.wildcard(role).isPresent()
                || RbacRules.escalation(stack, role).isPresent()) {
            return Optional.empty();
        }
        var beyond = RbacRules.beyond(stack, role);
        var namespace = role.at("metadata.namespace").text();
        var isOwn = Releases.namespaces(stack).contains(namespace) || namespace.equals(CacheServer.NAMESPACE);
        var where = beyond.orElse(" in " + namespace);
        return role.at("rules").items().stream()
                .flatMap(rule -> Stream.concat(
                        DISTURBING.stream().filter(right -> right.isGivenBy(rule, beyond.isPresent() || isOwn)),
                        ELSEWHERE.stream().filter(right -> right.isGivenBy(rule, beyond.isPresent())))
                        .map(right -> "may " + right.what() + where)
                        .findFirst()
                        .or(() -> asking(rule))
                        .stream())
                .findFirst();
    }

    private static Optional<String> asking(InputValue rule) {
        return rule.key("nonResourceURLs").texts().stream()
                .filter(path -> !HEALTH.contains(path))
                .findFirst()
                .map(path -> "may ask the API server for " + path);
    }

    private static Outcome strangers(PlannedStack stack) {
        var bindings = RbacRules.bindings(stack);
        var namesPersons = bindings.stream()
                .flatMap(RbacRules::subjects)
                .anyMatch(subject -> PERSONS.contains(subject.key("kind").text()));
        return stack.fleet().isEmpty() && namesPersons
                ? new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN)
                : Check.each(RbacRules::bindings, binding -> stranger(stack, binding))
                        .of(stack);
    }

    /** Of a role that is too strong for anybody, and of everybody, other rules speak. */
    static Optional<String> stranger(PlannedStack stack, Subject binding) {
        if (RbacRules.clusterAdmin(binding).isPresent()
                || RbacRules.powerful(stack, binding).isPresent()
                || RbacRules.EDITORS.contains(binding.at("roleRef.name").text())) {
            return Optional.empty();
        }
        return RbacRules.subjects(binding)
                .filter(subject ->
                        !RbacRules.EVERYBODY.contains(subject.key("name").text())
                                && !RbacRules.isDefaultAccount(subject))
                .filter(subject -> !isOwn(stack, binding, subject))
                .findFirst()
                .map(subject -> "binds " + binding.at("roleRef.name").text() + " to "
                        + subject.key("kind").described() + " "
                        + subject.key("name").described()
                        + ", who is not of the fleet");
    }

    private static boolean isOwn(PlannedStack stack, Subject binding, InputValue subject) {
        return PERSONS.contains(subject.key("kind").text())
                ? isDebugger(stack, binding, subject)
                : isAccount(stack, subject);
    }

    private static boolean isDebugger(PlannedStack stack, Subject binding, InputValue subject) {
        var member = (subject.key("kind").is("Group") ? "group:" : "user:")
                + subject.key("name").text();
        return stack.fleet().stream()
                .flatMap(fleet -> fleet.debuggers().entrySet().stream())
                .filter(queue -> binding.at("metadata.namespace").is(ResourceNames.namespace(queue.getKey())))
                .anyMatch(queue -> queue.getValue().contains(member));
    }

    /** Those that the plan makes, and those that the chart makes for controllers. */
    private static boolean isAccount(PlannedStack stack, InputValue subject) {
        return stack.ofType(KubernetesType.SERVICE_ACCOUNT).stream()
                        .anyMatch(account -> account.at("metadata.namespace")
                                        .is(subject.key("namespace").text())
                                && account.at("metadata.name")
                                        .is(subject.key("name").text()))
                || Releases.of(stack).stream()
                        .anyMatch(release -> release.namespace()
                                        .equals(subject.key("namespace").text())
                                && release.controllerAccount()
                                        .equals(subject.key("name").text()));
    }
}
