package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Policy;
import io.buildkitefleet.rules.plan.Quantity;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Releases;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rights.RbacRules;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What bounds the namespaces that jobs deploy into, and those that the fleet keeps for itself. */
public final class DeployRules {
    private static final List<String> BOUNDS =
            List.of("pods", "requests.cpu", "requests.memory", "requests.storage", "services.loadbalancers");

    private DeployRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("namespace-admission", HIGH, "A policy says what there is beside the queues")
                        .why(
                                "who may make pods in a namespace could take the nodes of controllers, or a server's identity, and who"
                                        + " deploys could open the namespace to what trusts the network")
                        .mend(
                                "bind a ValidatingAdmissionPolicy for pods to the namespace, with failurePolicy: Fail, and where jobs deploy,"
                                        + " for networkpolicies and services")
                        .check(stack -> Check.each(DeployRules::besideQueues, namespace -> unjudged(stack, namespace))
                                .of(stack)),
                Rule.named("deploy-nodes", HIGH, "What jobs deploy runs on nodes of a pool, and not on the system's")
                        .why("the system's nodes have the controllers, and with them the agent token of every queue")
                        .mend("set the namespace's label buildkite-fleet/pool to a pool of trusted queues, or of none")
                        .check(deployed(DeployRules::nodes)),
                Rule.named("deploy-quota", MEDIUM, "A quota bounds what jobs may deploy")
                        .why(
                                "a preview could take every node of its pool, disks without end, or an address that is billed")
                        .mend("add a ResourceQuota of " + String.join(", ", BOUNDS) + ", and a LimitRange")
                        .check(deployed(DeployRules::unbounded)),
                Rule.named("deploy-network", HIGH, "What jobs deploy reaches the internet and nothing of ours")
                        .why("services that trust the network would answer a preview, which nobody has reviewed")
                        .mend(
                                "close egress with a NetworkPolicy, and let none open a private range or another namespace")
                        .source(CIS + "4.3.2")
                        .check(deployed(DeployRules::opened)));
    }

    private static List<Subject> besideQueues(PlannedStack stack) {
        var queues = new HashSet<>(Releases.namespaces(stack));
        // Of a queue without a release, fleet-whole speaks.
        stack.fleet().stream()
                .flatMap(fleet -> fleet.queues().stream())
                .forEach(queue -> queues.add(ResourceNames.namespace(queue.name())));
        return stack.ofType(KubernetesType.NAMESPACE).stream()
                .filter(namespace -> !queues.contains(name(namespace)))
                .toList();
    }

    private static String name(Subject object) {
        return object.at("metadata.name").text();
    }

    private static Optional<String> unjudged(PlannedStack stack, Subject namespace) {
        return Stream.of("pods", "networkpolicies", "services")
                .filter(resource -> resource.equals("pods")
                        || RbacRules.deployNamespaces(stack).contains(name(namespace)))
                .filter(resource -> Stream.of("CREATE", "UPDATE")
                        .anyMatch(operation -> !isJudged(stack, namespace, operation, resource)))
                .findFirst()
                .map(resource -> "no policy that fails closed judges its " + resource);
    }

    private static boolean isJudged(PlannedStack stack, Subject namespace, String operation, String resource) {
        return Policy.failingClosed(stack)
                .filter(policy -> policy.judges(operation, resource))
                .flatMap(policy -> policy.refusals(stack).stream())
                .anyMatch(binding -> selects(binding, name(namespace)));
    }

    private static boolean selects(Subject binding, String namespace) {
        var resources = binding.at("spec.matchResources");
        var selector = resources.key("namespaceSelector");
        var expressions = selector.key("matchExpressions").items();
        return Set.of("namespaceSelector").containsAll(resources.keys())
                && Set.of("matchExpressions").containsAll(selector.keys())
                && expressions.stream()
                        .allMatch(expression -> expression.at("operator").is("In")
                                && expression.at("key").is("kubernetes.io/metadata.name")
                                && expression.at("values").texts().contains(namespace));
    }

    /** Of each namespace in which a role lets a job make Deployments. */
    private static Check deployed(BiFunction<PlannedStack, Subject, Optional<String>> flaw) {
        return stack -> {
            var names = RbacRules.deployNamespaces(stack);
            return Check.each(
                            found -> found.ofType(KubernetesType.NAMESPACE).stream()
                                    .filter(namespace -> names.contains(name(namespace)))
                                    .toList(),
                            namespace -> flaw.apply(stack, namespace))
                    .of(stack);
        };
    }

    private static Optional<String> nodes(PlannedStack stack, Subject namespace) {
        var pool = namespace.at("metadata.labels").key(Nodes.LABEL);
        if (!pool.exists()) {
            return Optional.of("names no pool, so its pods would run on the system's nodes");
        }
        var nodes = Nodes.ofPool(stack, pool.text());
        var controllers = Releases.of(stack).stream().map(Release::controllerPool);
        if (nodes.isEmpty() || controllers.anyMatch(pool::is)) {
            return Optional.of("its pods run on pool " + pool.text() + ", which is "
                    + (nodes.isEmpty() ? "not there" : "that of controllers"));
        }
        return flawIf(isUntrusted(stack, pool), "its pods run beside untrusted jobs");
    }

    private static boolean isUntrusted(PlannedStack stack, InputValue pool) {
        return UntrustedRules.untrusted(stack).anyMatch(release -> pool.is(release.pool()));
    }

    private static Optional<String> unbounded(PlannedStack stack, Subject namespace) {
        var missing = BOUNDS.stream()
                .filter(bound -> in(stack, KubernetesType.RESOURCE_QUOTA, namespace)
                        .noneMatch(
                                quota -> Quantity.isAmount(quota.at("spec.hard").key(bound))))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("no ResourceQuota bounds " + String.join(", ", missing));
        }
        return flawIf(
                in(stack, KubernetesType.LIMIT_RANGE, namespace).findAny().isEmpty(),
                "no LimitRange gives requests to containers that have none");
    }

    private static Optional<String> opened(PlannedStack stack, Subject namespace) {
        return NetworkPolicy.missingEgressIn(stack, name(namespace))
                .or(() -> in(stack, KubernetesType.NETWORK_POLICY, namespace)
                        .flatMap(policy -> EgressBound.OWN_NAMESPACE.exceededBy(policy).stream())
                        .findFirst());
    }

    private static Stream<Subject> in(PlannedStack stack, KubernetesType type, Subject namespace) {
        return stack.ofType(type).stream()
                .filter(object -> object.at("metadata.namespace").is(name(namespace)));
    }
}
