package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Addresses;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which addresses nodes and pods have, and whether they get to the internet. */
public final class RouteRules {
    private static final String ROUTE = "gcp:compute/route:Route";

    /** What the configuration takes for nodes, pods, Services and the control plane. */
    private static final Addresses PRIVATE =
            Addresses.of(Cidr.PRIVATE_RANGES.stream().map(Cidr::toString).toArray(String[]::new));

    /** Where a cluster says ranges; a name of one of the subnetwork's is none. */
    private static final List<String> OF_CLUSTER = List.of(
            "privateClusterConfig.masterIpv4CidrBlock",
            "ipAllocationPolicy.clusterIpv4CidrBlock",
            "ipAllocationPolicy.servicesIpv4CidrBlock");

    private RouteRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named(
                                "network-private-ranges",
                                HIGH,
                                "Nodes, pods and Services have addresses that are nobody else's")
                        .why(
                                "what has a public range is not reached from the network any more, and network policies that close"
                                        + " private ranges leave it open")
                        .mend("take ranges within " + Cidr.PRIVATE_RANGES)
                        .source("RFC 1918", "RFC 6598")
                        .check(Check.each(
                                stack -> stack.ofTypes(GoogleType.SUBNET.token(), GoogleType.CLUSTER.token()),
                                RouteRules::publicRange)),
                Rule.named("network-egress", HIGH, "Nothing of the network keeps nodes from the internet")
                        .why(
                                "no job fetches code, and no agent talks to Buildkite; policies of namespaces say whom jobs reach")
                        .mend(
                                "let firewall rules deny egress to single ranges alone, and leave out deleteDefaultRoutesOnCreate, or"
                                        + " add a Route to 0.0.0.0/0")
                        .source(
                                "https://cloud.google.com/vpc/docs/routes",
                                "https://cloud.google.com/firewall/docs/firewalls")
                        .check(stack -> Check.each(
                                        found -> found.ofTypes(GoogleType.FIREWALL.token(), GoogleType.NETWORK.token()),
                                        subject -> closed(stack, subject))
                                .of(stack)),
                Rule.named("nat-ports", MEDIUM, "A node has ports for all the connections of its jobs")
                        .why("what finds no port hangs until it gives up, and jobs fail at random")
                        .mend("set enableDynamicPortAllocation, and minPortsPerVm of " + Fleet.LEAST_NAT_PORTS
                                + " or more")
                        .source("https://cloud.google.com/nat/docs/ports-and-addresses")
                        .check(Check.each(GoogleType.ROUTER_NAT, RouteRules::fewPorts)));
    }

    private static Optional<String> publicRange(Subject subject) {
        var ranges = subject.resource().type().equals(GoogleType.CLUSTER.token())
                ? OF_CLUSTER.stream().map(subject::at)
                : Stream.concat(
                        Stream.of(subject.at("ipCidrRange")),
                        subject.at("secondaryIpRanges").items().stream().map(range -> range.key("ipCidrRange")));
        return ranges.filter(InputValue::exists)
                .filter(range -> Addresses.parse(range.text())
                        .filter(addresses -> !PRIVATE.contains(addresses))
                        .isPresent())
                .findFirst()
                .map(range -> "has range " + range.described() + ", which is not private");
    }

    private static Optional<String> closed(PlannedStack stack, Subject subject) {
        return subject.resource().type().equals(GoogleType.NETWORK.token())
                ? flawIf(
                        subject.at("deleteDefaultRoutesOnCreate").isTrue() && !hasRoute(stack),
                        "deleteDefaultRoutesOnCreate is true, and the plan has no route to the internet")
                : flawIf(deniesInternet(subject), "denies egress to the internet");
    }

    private static boolean hasRoute(PlannedStack stack) {
        return stack.ofType(ROUTE).stream()
                .anyMatch(route -> route.at("destRange").is("0.0.0.0/0")
                        && route.at("nextHopGateway").text().endsWith("default-internet-gateway"));
    }

    /** To single ranges one may be shut for good reason. */
    private static boolean deniesInternet(Subject firewall) {
        var destinations = firewall.at("destinationRanges").texts();
        return firewall.at("direction").is("EGRESS")
                && !firewall.at("denies").items().isEmpty()
                && !firewall.at("disabled").isTrue()
                && (destinations.isEmpty()
                        || Addresses.union(destinations.stream()
                                        .flatMap(range -> Addresses.parse(range).stream())
                                        .toList())
                                .isInternet());
    }

    private static Optional<String> fewPorts(Subject nat) {
        var ports = nat.at("minPortsPerVm");
        var isDynamic = nat.at("enableDynamicPortAllocation").isTrue();
        return flawIf(
                        ports.number() < Fleet.LEAST_NAT_PORTS && !ports.isUnknown(),
                        "minPortsPerVm is " + ports.described() + ", less than " + Fleet.LEAST_NAT_PORTS)
                .or(() -> flawIf(
                        !isDynamic && ports.number() == Fleet.LEAST_NAT_PORTS,
                        "enableDynamicPortAllocation is off: a node never has more than " + ports.described()));
    }
}
