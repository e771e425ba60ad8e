package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.rules.plan.Addresses;
import io.buildkitefleet.rules.plan.InputValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** With whom a rule of a network policy lets pods talk: pods, or addresses. */
record Peer(InputValue value) {
    /** The label that each namespace has. */
    private static final String NAME = "kubernetes.io/metadata.name";

    private static final Set<String> LEAVING_OUT = Set.of("NotIn", "DoesNotExist");

    static List<Peer> of(InputValue peers) {
        return peers.items().stream().map(Peer::new).toList();
    }

    InputValue block() {
        return value.key("ipBlock");
    }

    boolean isOfPods() {
        return !block().exists();
    }

    boolean isOfOtherNamespaces() {
        return value.key("namespaceSelector").exists();
    }

    /** Whether it is pods of one namespace, by its name. */
    boolean isOfNamespace(String name) {
        return value.at("namespaceSelector.matchLabels").key(NAME).is(name);
    }

    /** Whether it is each pod of the cluster, or each but few. */
    boolean isEveryPod() {
        var namespaces = value.key("namespaceSelector");
        return namespaces.isObject() && !narrows(namespaces) && !narrows(value.key("podSelector"));
    }

    private static boolean narrows(InputValue selector) {
        return !selector.key("matchLabels").keys().isEmpty()
                || selector.key("matchExpressions").items().stream().anyMatch(Peer::isNarrow);
    }

    private static boolean isNarrow(InputValue expression) {
        var operator = expression.key("operator").text();
        return !LEAVING_OUT.contains(operator)
                && !(operator.equals("Exists") && expression.key("key").is(NAME));
    }

    /** The addresses; none if somebody made them up, or they are known after up. */
    Optional<Addresses> addresses() {
        var except = block().key("except").texts().stream()
                .flatMap(range -> Addresses.parse(range).stream())
                .toList();
        return Addresses.parse(block().key("cidr").text()).map(all -> all.minus(Addresses.union(except)));
    }
}
