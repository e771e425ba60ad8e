package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Addresses;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rights.RbacRules;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What network policies may open: policies beside each other add up, so one that opens is enough. */
public final class NetworkPolicyRules {
    private NetworkPolicyRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("namespace-open-policy", HIGH, "No network policy opens a namespace to everything")
                .why("policies add up: one that opens is stronger than any that closes")
                .mend("name the peers; of the internet, except private ranges and the metadata server")
                .check(NetworkPolicyRules::open));
    }

    /** Namespaces where the way out has a stricter rule of its own, that says what is wrong with it. */
    static Set<String> strictNamespaces(PlannedStack stack) {
        var strict = new HashSet<>(RbacRules.deployNamespaces(stack));
        UntrustedRules.untrusted(stack).forEach(release -> strict.add(release.namespace()));
        return strict;
    }

    private static Outcome open(PlannedStack stack) {
        return Check.each(KubernetesType.NETWORK_POLICY, policy -> flaw(stack, policy))
                .of(stack);
    }

    static Optional<String> flaw(PlannedStack stack, Subject policy) {
        return openIngress(policy)
                .or(() -> strictNamespaces(stack)
                                .contains(policy.at("metadata.namespace").text())
                        ? Optional.empty()
                        : egressOf(stack, policy).exceededBy(policy));
    }

    /** In a local fleet, the controllers of queues look for their API wherever it may be. */
    private static EgressBound egressOf(PlannedStack stack, Subject policy) {
        var labels = policy.at("spec.podSelector.matchLabels");
        return stack.isLocal() && labels.key(Queue.ROLE_LABEL).is(Queue.CONTROLLER_ROLE)
                ? EgressBound.PRIVATE
                : EgressBound.NAMED;
    }

    private static Optional<String> openIngress(Subject policy) {
        var rules = policy.at("spec.ingress").items();
        if (rules.stream().anyMatch(rule -> rule.key("from").items().isEmpty())) {
            return Optional.of("everything reaches its pods");
        }
        var peers = rules.stream()
                .flatMap(rule -> Peer.of(rule.key("from")).stream())
                .toList();
        if (peers.stream().anyMatch(Peer::isEveryPod)) {
            return Optional.of("every pod of the cluster reaches its pods");
        }
        var blocks = peers.stream().filter(peer -> !peer.isOfPods()).toList();
        return blocks.stream()
                .filter(peer ->
                        peer.addresses().isEmpty() && !peer.block().key("cidr").isUnknown())
                .map(peer -> peer.block().key("cidr").described())
                .findFirst()
                .or(() -> strangers(Addresses.union(blocks.stream()
                        .flatMap(peer -> peer.addresses().stream())
                        .toList())))
                .map(who -> who + " reaches its pods");
    }

    private static Optional<String> strangers(Addresses addresses) {
        return addresses.isInternet()
                ? Optional.of("the internet")
                : addresses.closedNetwork().map(range -> "much of " + range);
    }
}
