package io.buildkitefleet.rules.kubernetes;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What network policies may open: policies beside each other add up, so one that opens is enough. */
public final class NetworkPolicyRules {
    /** Wider ranges than this are not somebody's own. */
    private static final int WIDEST_PREFIX = 8;

    private static final String METADATA = "169.254.169.254/32";

    private NetworkPolicyRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("namespace-open-policy", HIGH, "No network policy opens a namespace to everything")
                .why("policies add up: one that opens is stronger than any that closes")
                .mend("name the peers; of the internet, except private ranges and the metadata server")
                .check(NetworkPolicyRules::open));
    }

    /** Where the way out has a stricter rule of its own, that says what is wrong with it. */
    private static Outcome open(PlannedStack stack) {
        var strict = new HashSet<>(DeployRules.deployNamespaces(stack));
        UntrustedRules.untrusted(stack).forEach(release -> strict.add(release.namespace()));
        return Check.each(
                        KubernetesType.NETWORK_POLICY,
                        policy -> open(
                                policy,
                                !strict.contains(policy.at("metadata.namespace").text())))
                .of(stack);
    }

    private static Optional<String> open(Subject policy, boolean judgesEgress) {
        var ingress = policy.at("spec.ingress").items().stream().flatMap(rule -> openIngress(rule).stream());
        var egress = policy.at("spec.egress").items().stream()
                .filter(rule -> judgesEgress && !JobEgress.isDns(rule))
                .flatMap(rule -> openEgress(rule).stream());
        return Stream.concat(ingress, egress).findFirst();
    }

    private static Optional<String> openIngress(InputValue rule) {
        var peers = rule.key("from").items();
        if (peers.isEmpty()) {
            return Optional.of("everything reaches its pods");
        }
        return peers.stream()
                .flatMap(peer -> (isEverywhere(peer)
                                ? Optional.of("every pod of the cluster")
                                : wide(peer.key("ipBlock")))
                        .map(who -> who + " reaches its pods").stream())
                .findFirst();
    }

    private static Optional<String> openEgress(InputValue rule) {
        var peers = rule.key("to").items();
        if (peers.isEmpty()) {
            return Optional.of("its pods reach everything");
        }
        return peers.stream()
                .flatMap(peer -> (isEverywhere(peer)
                                ? Optional.of("its pods reach each pod of the cluster")
                                : reached(rule, peer.key("ipBlock")))
                        .stream())
                .findFirst();
    }

    /** An empty selector of namespaces selects all of them. */
    private static boolean isEverywhere(InputValue peer) {
        var namespaces = peer.key("namespaceSelector");
        return namespaces.isObject()
                && namespaces.keys().isEmpty()
                && peer.key("podSelector").keys().isEmpty();
    }

    private static Optional<String> wide(InputValue block) {
        return Optional.of(block)
                .filter(InputValue::exists)
                .filter(range -> !range.at("cidr").isUnknown())
                .filter(range -> Cidr.parse(range.at("cidr").text())
                        .filter(cidr -> cidr.prefix() >= WIDEST_PREFIX)
                        .isEmpty())
                .map(range -> range.at("cidr").described());
    }

    private static Optional<String> reached(InputValue rule, InputValue block) {
        if (block.at("cidr").is(METADATA) && rule.key("ports").items().isEmpty()) {
            return Optional.of("its pods reach every port of the metadata server");
        }
        return wide(block).flatMap(unused -> JobEgress.openedBlock(block));
    }
}
