package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Addresses;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What goes from one namespace to another, or out of one. */
public final class CrossingRules {
    private static final String FROM = "ingress";

    private static final String TO = "egress";

    private CrossingRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("network-mutual", HIGH, "Pods of two namespaces meet only where the policies of both say so")
                        .why(
                                "whom a cache lets in and who may go there are the same queues: one more on either side is a queue that"
                                        + " reads or writes what is not its own, or one that waits")
                        .mend(
                                "leave both policies as the fleet makes them; which queues share a cache, caches.bazel.queues and caches.go.queues say")
                        .check(CrossingRules::mutual),
                Rule.named("network-way-out", HIGH, "A queue's jobs reach the names and the internet that they need")
                        .why(
                                "an agent that cannot reach Buildkite takes no job, and each job's pod waits until it is ended")
                        .mend("keep the network policy jobs of the queue's namespace as the fleet makes it")
                        .check(stack -> Check.eachRelease(release -> closed(stack, release))
                                .of(stack)),
                Rule.named("volume-claim", HIGH, "A volume is for the claim of the plan that names it")
                        .why("another namespace's claim would take it, with what a queue has put there")
                        .mend("set spec.claimRef to the claim whose spec.volumeName is the volume's")
                        .check(stack -> Check.each(KubernetesType.PERSISTENT_VOLUME, volume -> claimed(stack, volume))
                                .of(stack)));
    }

    /**
     * That pods of one namespace may ask something of those of another.
     *
     * @param pods the labels of those that are asked
     */
    private record Way(String from, String to, InputValue pods) {
        /** Whether the other policy may mean the same pods: none of their labels has another value there. */
        boolean isMetBy(Way other) {
            return from.equals(other.from)
                    && to.equals(other.to)
                    && pods.keys().stream()
                            .filter(label -> other.pods.key(label).exists())
                            .allMatch(label ->
                                    other.pods.key(label).is(pods.key(label).text()));
        }
    }

    private static Outcome mutual(PlannedStack stack) {
        var policies = stack.ofType(KubernetesType.NETWORK_POLICY);
        var out = policies.stream().flatMap(policy -> ways(stack, policy, TO)).toList();
        var in = policies.stream().flatMap(policy -> ways(stack, policy, FROM)).toList();
        return Check.each(KubernetesType.NETWORK_POLICY, policy -> unmet(ways(stack, policy, FROM), out)
                        .filter(way -> isBounded(stack, way.from()) && !isOpen(stack, way.from(), TO))
                        .map(way ->
                                "lets in pods of " + way.from() + ", where no policy lets anybody out to these pods")
                        .or(() -> unmet(ways(stack, policy, TO), in)
                                .filter(way -> isBounded(stack, way.to()) && !isOpen(stack, way.to(), FROM))
                                .map(way -> "lets pods out to " + way.to()
                                        + ", where no policy lets them in to these pods")))
                .of(stack);
    }

    /** Where no policy bounds each pod, other rules say so: whoever is not bounded needs no policy that opens. */
    private static boolean isBounded(PlannedStack stack, String namespace) {
        return NetworkPolicy.missingIn(stack, namespace).isEmpty()
                && NetworkPolicy.missingEgressIn(stack, namespace).isEmpty();
    }

    /** Whether a policy opens it to everybody, or everything to it. */
    private static boolean isOpen(PlannedStack stack, String namespace, String direction) {
        return stack.ofType(KubernetesType.NETWORK_POLICY).stream()
                .filter(policy -> policy.at("metadata.namespace").is(namespace))
                .flatMap(policy -> policy.at("spec").key(direction).items().stream())
                .anyMatch(rule -> rule.key(peers(direction)).items().isEmpty()
                                && rule.key("ports").items().isEmpty()
                        || Peer.of(rule.key(peers(direction))).stream().anyMatch(Peer::isEveryPod));
    }

    private static String peers(String direction) {
        return direction.equals(FROM) ? "from" : "to";
    }

    private static Optional<Way> unmet(Stream<Way> ways, List<Way> others) {
        return ways.filter(way -> others.stream().noneMatch(way::isMetBy)).findFirst();
    }

    /** Between namespaces of the plan. Of a policy for every pod there is, {@code namespace-open-policy} speaks. */
    private static Stream<Way> ways(PlannedStack stack, Subject policy, String direction) {
        var own = policy.at("metadata.namespace").text();
        return policy.at("spec").key(direction).items().stream()
                .flatMap(rule -> Peer.of(rule.key(peers(direction))).stream())
                .filter(peer -> peer.isOfOtherNamespaces() && !peer.isEveryPod())
                .flatMap(peer -> selected(stack, peer.value().key("namespaceSelector"))
                        .filter(other -> !other.equals(own))
                        .map(other -> direction.equals(FROM)
                                ? new Way(other, own, policy.at("spec.podSelector.matchLabels"))
                                : new Way(own, other, peer.value().at("podSelector.matchLabels"))));
    }

    private static Stream<String> selected(PlannedStack stack, InputValue selector) {
        return stack.ofType(KubernetesType.NAMESPACE).stream()
                .filter(namespace -> Selector.selects(selector, namespace))
                .map(namespace -> namespace.at("metadata.name").text());
    }

    private static Optional<String> closed(PlannedStack stack, Release release) {
        var rules = stack.ofType(KubernetesType.NETWORK_POLICY).stream()
                .filter(policy -> policy.at("metadata.namespace").is(release.namespace()))
                .filter(policy -> isOfJobs(policy.at("spec.podSelector")))
                .flatMap(policy -> policy.at("spec.egress").items().stream())
                .toList();
        if (!isBounded(stack, release.namespace())) {
            return Optional.empty();
        }
        return flawIf(
                        rules.stream().noneMatch(rule -> EgressBound.isDns(rule) || opensAll(rule)),
                        "no network policy lets its jobs ask for names")
                .or(() -> flawIf(
                        rules.stream().noneMatch(rule -> opensAll(rule) || opensInternet(rule)),
                        "no network policy lets its jobs reach the internet"));
    }

    private static boolean isOfJobs(InputValue selector) {
        var labels = selector.key("matchLabels");
        return Set.of(Queue.ROLE_LABEL).containsAll(new HashSet<>(labels.keys()))
                && (labels.keys().isEmpty() || labels.key(Queue.ROLE_LABEL).is(Queue.JOB_ROLE))
                && selector.key("matchExpressions").items().isEmpty();
    }

    private static boolean opensAll(InputValue rule) {
        return rule.key("to").items().isEmpty() && rule.key("ports").items().isEmpty();
    }

    private static boolean opensInternet(InputValue rule) {
        return Peer.of(rule.key("to")).stream()
                .anyMatch(peer -> peer.block().key("cidr").isUnknown()
                        || peer.addresses().filter(Addresses::isInternet).isPresent());
    }

    private static Optional<String> claimed(PlannedStack stack, Subject volume) {
        var name = volume.at("metadata.name");
        var claims = stack.ofType(KubernetesType.PERSISTENT_VOLUME_CLAIM).stream()
                .filter(claim -> !claim.at("spec.volumeName").isUnknown()
                        && !name.isUnknown()
                        && claim.at("spec.volumeName").is(name.text()))
                .toList();
        var meant = volume.at("spec.claimRef");
        return flawIf(
                !claims.isEmpty()
                        && claims.stream().noneMatch(claim -> Stream.of("name", "namespace")
                                .allMatch(key -> meant.key(key)
                                        .is(claim.at("metadata").key(key).text()))),
                "is for the claim " + meant.key("name").described() + " of "
                        + meant.key("namespace").described() + ", and it is another that names it");
    }
}
