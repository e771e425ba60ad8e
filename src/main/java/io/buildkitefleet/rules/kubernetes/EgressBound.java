package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.rules.plan.Addresses;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Optional;

/** How far pods may get by a network policy. */
enum EgressBound {
    /** The internet, and nothing of ours. */
    INTERNET,
    /** The internet, the pods of their own namespace, and what gives a pod its own identity. */
    OWN_NAMESPACE,
    /** Whoever is named; not everybody, and not much of a private network. */
    NAMED,
    /** The same, and private networks, where the API of a cluster is that the fleet did not make. */
    PRIVATE;

    /** DNS is answered at link-local addresses; on port 53 they hand out names, not tokens. */
    private static final long DNS = 53;

    private static final Addresses METADATA = Addresses.of("169.254.169.254/32");

    /** What a policy opens beyond it. */
    Optional<String> exceededBy(Subject policy) {
        var rules = policy.at("spec.egress").items().stream()
                .filter(rule -> !isDns(rule))
                .toList();
        return rules.stream()
                .flatMap(rule -> exceededBy(rule).stream())
                .findFirst()
                .or(() -> this == NAMED ? addresses(rules).closedNetwork().map(EgressBound::much) : Optional.empty());
    }

    private Optional<String> exceededBy(InputValue rule) {
        var peers = Peer.of(rule.key("to"));
        if (peers.isEmpty()) {
            return Optional.of("its pods reach everything");
        }
        return peers.stream()
                .flatMap(peer -> (peer.isOfPods() ? pods(peer) : addresses(rule, peer)).stream())
                .findFirst();
    }

    private Optional<String> pods(Peer peer) {
        return switch (this) {
            case INTERNET -> Optional.of("its pods reach other pods");
            case OWN_NAMESPACE -> Subject.flawIf(peer.isOfOtherNamespaces(), "its pods reach pods of other namespaces");
            case NAMED, PRIVATE -> Subject.flawIf(peer.isEveryPod(), "its pods reach each pod of the cluster");
        };
    }

    private Optional<String> addresses(InputValue rule, Peer peer) {
        var range = peer.block().key("cidr");
        var addresses = peer.addresses();
        if (addresses.isEmpty()) {
            return Subject.flawIf(!isOfNamed() || !range.isUnknown(), "its pods reach " + range.described());
        }
        if (isOfNamed()) {
            return named(rule, addresses.get());
        }
        return this == OWN_NAMESPACE && METADATA.contains(addresses.get())
                ? everyPort(rule)
                : closed(addresses.get()).map(EgressBound::reached);
    }

    private boolean isOfNamed() {
        return this == NAMED || this == PRIVATE;
    }

    private static Optional<String> everyPort(InputValue rule) {
        var ports = rule.key("ports").items();
        return Subject.flawIf(
                ports.isEmpty() || !ports.stream().allMatch(EgressBound::isOnePort),
                "its pods reach the metadata server by ports that are not named one by one");
    }

    private static boolean isOnePort(InputValue port) {
        var last = port.key("endPort");
        return port.key("port").exists()
                && (!last.exists() || last.is(port.key("port").text()));
    }

    private static Optional<String> named(InputValue rule, Addresses addresses) {
        var ports = addresses.overlaps(METADATA) ? everyPort(rule) : Optional.<String>empty();
        return ports.or(() -> addresses.isInternet() ? closed(addresses).map(EgressBound::reached) : Optional.empty());
    }

    /** The first of the closed ranges that is among these, or some of it. */
    private static Optional<String> closed(Addresses addresses) {
        return Addresses.CLOSED.stream()
                .filter(range -> addresses.overlaps(Addresses.of(range)))
                .findFirst();
    }

    private static Addresses addresses(List<InputValue> rules) {
        return Addresses.union(rules.stream()
                .flatMap(rule -> Peer.of(rule.key("to")).stream())
                .flatMap(peer -> peer.addresses().stream())
                .toList());
    }

    private static String much(String range) {
        return reached("much of " + range);
    }

    private static String reached(String range) {
        return "its pods reach " + range;
    }

    static boolean isDns(InputValue rule) {
        var ports = rule.key("ports").items();
        return !ports.isEmpty() && ports.stream().allMatch(EgressBound::isDnsPort);
    }

    private static boolean isDnsPort(InputValue port) {
        return port.key("port").number() == DNS && !port.key("endPort").exists();
    }
}
