package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Addresses;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Flaw;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is let into the network that the nodes are in. */
public final class FirewallRules {
    /**
     * That of the rules by which GKE lets nodes, pods and the control plane talk, and of a rule that says none; the
     * smaller number comes first, and of the same number what denies: https://cloud.google.com/firewall/docs/firewalls
     *
     * @see <a href="https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules">GKE's rules</a>
     */
    private static final long PRIORITY_OF_GKE = 1000;

    private FirewallRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named(
                                "network-deny-baseline",
                                MEDIUM,
                                "A firewall rule refuses what no other lets in, and logs it")
                        .why("the built-in refusal leaves no trace of who tried")
                        .mend(
                                "add a firewall rule to the network that denies all ingress, with logConfig and a priority"
                                        + " of a larger number than " + PRIORITY_OF_GKE)
                        .source(CIS + "5.6.6", "CKV2_GCP_18")
                        .check(FirewallRules::denyBaseline),
                Rule.named("network-open-ingress", HIGH, "No firewall rule lets the whole internet in")
                        .why("everything that listens would be tried by everybody")
                        .mend("name sourceRanges, or drop the rule")
                        .source(
                                CIS + "5.6.6",
                                "CKV_GCP_2",
                                "CKV_GCP_3",
                                "CKV_GCP_75",
                                "CKV_GCP_77",
                                "CKV_GCP_88",
                                "CKV_GCP_106",
                                "CKV2_GCP_12")
                        .check(Check.each(GoogleType.FIREWALL, FirewallRules::openIngress)),
                Rule.named("network-wide-ingress", MEDIUM, "No firewall rule lets a whole private network in")
                        .why("whatever else is there, and whoever is peered with it, reaches the nodes")
                        .mend("name the ranges of those who have to come in, or drop the rule")
                        .check(Check.each(GoogleType.FIREWALL, FirewallRules::wideIngress)));
    }

    private static Outcome denyBaseline(PlannedStack stack) {
        var firewalls = stack.ofType(GoogleType.FIREWALL);
        var networks = stack.ofType(GoogleType.NETWORK);
        if (networks.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        var denying = firewalls.stream().filter(FirewallRules::deniesAll).toList();
        var early = denying.stream()
                .filter(firewall -> priority(firewall) <= PRIORITY_OF_GKE)
                .toList();
        if (!early.isEmpty()) {
            // Where it stands in another network, network-own says so.
            return new Outcome.Looked(early.stream()
                    .map(firewall -> new Flaw(
                            firewall.resource(),
                            "denies all with priority " + priority(firewall) + ", before what lets nodes, pods and the"
                                    + " control plane talk to each other, which has " + PRIORITY_OF_GKE))
                    .toList());
        }
        return new Outcome.Looked(
                denying.isEmpty()
                        ? List.of(
                                new Flaw(networks.get(0).resource(), "no firewall rule denies all ingress with a log"))
                        : List.of());
    }

    private static long priority(Subject firewall) {
        var priority = firewall.at("priority");
        return priority.exists() ? priority.number() : PRIORITY_OF_GKE;
    }

    private static boolean deniesAll(Subject firewall) {
        return isIngress(firewall)
                && !isNarrowed(firewall)
                && !firewall.at("disabled").isTrue()
                && Stream.of("targetTags", "targetServiceAccounts", "destinationRanges")
                        .allMatch(list -> isNothing(firewall, list))
                && sources(firewall)
                        .map(from -> from.contains(Addresses.ALL_OF_4))
                        .orElse(true)
                && firewall.at("logConfig").exists()
                && firewall.at("denies").items().stream()
                        .anyMatch(deny -> deny.at("protocol").is("all"));
    }

    private static Optional<String> openIngress(Subject firewall) {
        return flawIf(
                allowsIngress(firewall)
                        && sources(firewall).map(Addresses::isInternet).orElse(!isNarrowed(firewall)),
                "allows ingress from the whole internet");
    }

    /** Of what is open to the internet, another rule speaks. */
    private static Optional<String> wideIngress(Subject firewall) {
        return sources(firewall)
                .filter(from -> allowsIngress(firewall) && !from.isInternet())
                .flatMap(Addresses::closedNetwork)
                .map(network -> "allows ingress from much of " + network);
    }

    private static boolean allowsIngress(Subject firewall) {
        return isIngress(firewall)
                && !firewall.at("allows").items().isEmpty()
                && !firewall.at("disabled").isTrue();
    }

    private static boolean isIngress(Subject firewall) {
        return !firewall.at("direction").is("EGRESS");
    }

    /** A rule without sources of any kind applies to all. */
    private static boolean isNarrowed(Subject firewall) {
        return !isNothing(firewall, "sourceTags") || !isNothing(firewall, "sourceServiceAccounts");
    }

    private static boolean isNothing(Subject firewall, String list) {
        return !firewall.at(list).exists() || firewall.at(list).isEmpty();
    }

    /** Nothing if it names no ranges; what is no range is left out. */
    private static Optional<Addresses> sources(Subject firewall) {
        var ranges = firewall.at("sourceRanges").texts();
        return ranges.isEmpty()
                ? Optional.empty()
                : Optional.of(Addresses.union(ranges.stream()
                        .flatMap(range -> Addresses.parse(range).stream())
                        .toList()));
    }
}
