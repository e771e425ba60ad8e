package io.buildkitefleet.rules.rights;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whether there is a right in the cluster that nothing of the fleet uses. */
public final class FleetRightRules {
    private static final String ACCOUNT = "ServiceAccount";

    private static final String CLUSTER_ROLE = "ClusterRole";

    private FleetRightRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("rbac-used", HIGH, "There is no right in the cluster that the fleet has no use for")
                .why(
                        "a right that nobody uses is one that only an attacker finds, and what a new kind of object does, no list of dangers"
                                + " knows")
                .mend(
                        "take the right away, or bind a Role of the plan's with it in a namespace of your own; waive what is meant, with the"
                                + " name of the role or binding")
                .source("https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege")
                .check(stack -> Check.each(
                                found -> Stream.concat(
                                                RbacRules.roles(found).stream(), RbacRules.bindings(found).stream())
                                        .toList(),
                                subject -> isBinding(subject) ? bound(stack, subject) : unused(stack, subject))
                        .of(stack)));
    }

    private static boolean isBinding(Subject subject) {
        return subject.resource().type().endsWith("Binding");
    }

    /** Of what is dangerous, other rules speak. */
    private static Optional<String> unused(PlannedStack stack, Subject role) {
        if (RbacRules.wildcard(role).isPresent()
                || RbacRules.escalation(stack, role).isPresent()
                || RbacRules.shells(stack, role).isPresent()
                || StrangerRules.disturbing(stack, role).isPresent()
                || opensSecrets(stack, role)) {
            return Optional.empty();
        }
        var uses = uses(stack, role);
        return uses.flatMap(known -> rights(role)
                .filter(right -> !right.isIn(known))
                .findFirst()
                .map(right -> "may " + right.verb() + " " + right.named() + where(stack, role)
                        + ", which nothing of the fleet does"));
    }

    private static boolean opensSecrets(PlannedStack stack, Subject subject) {
        return RbacRules.openingSecrets(stack).contains(subject)
                && RbacRules.secrets(stack, subject).isPresent();
    }

    private static String where(PlannedStack stack, Subject subject) {
        return RbacRules.beyond(stack, subject).orElse(" in " + namespace(subject));
    }

    private static String namespace(Subject subject) {
        return subject.at("metadata.namespace").text();
    }

    /** What may be used where a role is; nothing where the plan has a namespace for something of its owner's own. */
    private static Optional<List<Use>> uses(PlannedStack stack, Subject role) {
        if (role.resource().type().endsWith(":" + CLUSTER_ROLE)) {
            return Optional.of(Use.EVERYWHERE);
        }
        if (RbacRules.beyond(stack, role).isPresent()) {
            return Optional.of(List.of());
        }
        var namespace = namespace(role);
        if (isOfQueue(stack, namespace)) {
            return Optional.of(Stream.concat(Use.DEBUGGING.stream(), Use.MIRRORING.stream())
                    .toList());
        }
        if (RbacRules.deployNamespaces(stack).contains(namespace)) {
            return Optional.of(Use.DEPLOYING);
        }
        return Optional.of(List.<Use>of()).filter(unused -> Set.of(CacheServer.NAMESPACE, MirrorDisks.NAMESPACE)
                .contains(namespace));
    }

    private static boolean isOfQueue(PlannedStack stack, String namespace) {
        return Releases.namespaces(stack).contains(namespace)
                || stack.fleet().stream()
                        .flatMap(fleet -> fleet.queues().stream())
                        .anyMatch(queue -> ResourceNames.namespace(queue.name()).equals(namespace));
    }

    private record Given(String group, String resource, String verb) {
        boolean isIn(List<Use> uses) {
            return uses.stream().anyMatch(use -> use.covers(group, resource, verb));
        }

        String named() {
            return group.isEmpty() ? resource : resource + "." + group;
        }
    }

    private static Stream<Given> rights(Subject role) {
        return role.at("rules").items().stream().flatMap(rule -> rule.key("apiGroups").texts().stream()
                .flatMap(group -> rule.key("resources").texts().stream()
                        .flatMap(resource ->
                                rule.key("verbs").texts().stream().map(verb -> new Given(group, resource, verb)))));
    }

    /** What a binding gives that is no role of the plan, and to whom it gives something of a queue. */
    private static Optional<String> bound(PlannedStack stack, Subject binding) {
        if (RbacRules.clusterAdmin(binding).isPresent()
                || RbacRules.powerful(stack, binding).isPresent()
                || RbacRules.everybody(binding).isPresent()
                || RbacRules.subjects(binding).anyMatch(RbacRules::isDefaultAccount)
                || StrangerRules.stranger(stack, binding).isPresent()
                || opensSecrets(stack, binding)) {
            return Optional.empty();
        }
        return unknownRole(stack, binding).or(() -> ofAnotherQueue(stack, binding));
    }

    private static Optional<String> unknownRole(PlannedStack stack, Subject binding) {
        var role = binding.at("roleRef.name");
        var isOfCluster = binding.at("roleRef.kind").is(CLUSTER_ROLE);
        if (role.isUnknown() || isOfCluster && RbacRules.DISCOVERY.contains(role.text())) {
            role.need();
            return Optional.empty();
        }
        var isOfPlan = RbacRules.roles(stack).stream()
                .filter(found -> found.at("metadata.name").is(role.text()))
                .anyMatch(found -> isOfCluster == found.resource().type().endsWith(":" + CLUSTER_ROLE)
                        && (isOfCluster
                                || found.at("metadata.namespace").isUnknown()
                                || namespace(found).equals(namespace(binding))));
        return isOfPlan
                ? Optional.empty()
                : Optional.of("binds " + binding.at("roleRef.kind").described() + " " + role.described()
                        + where(stack, binding)
                        + ", which the plan does not make, so it does not say what that may do");
    }

    /** An account that is neither of the queue itself nor of what makes the disks of its git mirrors. */
    private static Optional<String> ofAnotherQueue(PlannedStack stack, Subject binding) {
        var namespace = namespace(binding);
        var isBetween = isOfQueue(stack, namespace) || CacheServer.NAMESPACE.equals(namespace);
        Predicate<InputValue> isOther = subject -> subject.key("kind").is(ACCOUNT)
                && !subject.key("namespace").is(namespace)
                && !subject.key("namespace").is(MirrorDisks.NAMESPACE)
                && !subject.key("namespace").isUnknown();
        return RbacRules.subjects(binding)
                .filter(subject -> isBetween && isOther.test(subject) && isMade(stack, subject))
                .findFirst()
                .map(subject -> "gives rights in " + namespace + " to "
                        + subject.key("name").described() + " of "
                        + subject.key("namespace").described());
    }

    /** Of an account that the plan does not make, {@code rbac-strangers} speaks. */
    private static boolean isMade(PlannedStack stack, InputValue subject) {
        return stack.ofType(KubernetesType.SERVICE_ACCOUNT).stream()
                .anyMatch(account -> account.at("metadata.namespace")
                        .is(subject.key("namespace").text()));
    }
}
