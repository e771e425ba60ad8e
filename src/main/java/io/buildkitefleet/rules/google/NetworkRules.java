package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.expect;
import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.plan.Subject.present;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.LOW;
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

/** What the network that the nodes are in must be. */
public final class NetworkRules {
    private NetworkRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named(
                                "network-own-subnets",
                                MEDIUM,
                                "The network has the subnets that the plan shows and no other")
                        .why("an automatic network has a subnet in every region, for anybody to put machines into")
                        .mend("set autoCreateSubnetworks: false")
                        .check(Check.each(GoogleType.NETWORK, expect("autoCreateSubnetworks", false))),
                Rule.named(
                                "network-deny-baseline",
                                MEDIUM,
                                "A firewall rule refuses what no other lets in, and logs it")
                        .why("the built-in refusal leaves no trace of who tried")
                        .mend("add a firewall rule that denies all ingress, with logConfig")
                        .source(CIS + "5.6.6", "CKV2_GCP_18")
                        .check(NetworkRules::denyBaseline),
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
                        .check(Check.each(GoogleType.FIREWALL, NetworkRules::openIngress)),
                Rule.named("nat-log", LOW, "The NAT says what it could not let out")
                        .why("jobs that find no port to the internet just hang, and nobody sees why")
                        .mend("set logConfig with enable: true on the NAT")
                        .check(Check.each(GoogleType.ROUTER_NAT, expect("logConfig.enable", true))),
                Rule.named("subnet-flow-logs", MEDIUM, "Who talked to whom is kept")
                        .why("after a break-in nobody can tell where it went")
                        .mend("set logConfig on the subnetwork")
                        .source(CIS + "5.6.1", "CKV_GCP_26")
                        .check(Check.each(GoogleType.SUBNET, present("logConfig"))),
                Rule.named("subnet-google-access", LOW, "Private nodes reach Google's APIs without the NAT")
                        .why("every artifact and image would be paid for by the gigabyte, and slow down the rest")
                        .mend("set privateIpGoogleAccess: true")
                        .source("CKV_GCP_74")
                        .check(Check.each(GoogleType.SUBNET, expect("privateIpGoogleAccess", true))));
    }

    private static Outcome denyBaseline(PlannedStack stack) {
        var denied = stack.ofType(GoogleType.FIREWALL).stream().anyMatch(NetworkRules::deniesAll);
        var networks = stack.ofType(GoogleType.NETWORK);
        if (networks.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        return new Outcome.Looked(
                denied
                        ? List.of()
                        : List.of(new Flaw(
                                networks.get(0).resource(), "no firewall rule denies all ingress with a log")));
    }

    private static boolean deniesAll(Subject firewall) {
        return isIngress(firewall)
                && !isNarrowed(firewall)
                && !firewall.at("disabled").isTrue()
                && isNothing(firewall, "targetTags")
                && isNothing(firewall, "targetServiceAccounts")
                && sources(firewall)
                        .map(from -> from.contains(Addresses.ALL_OF_4))
                        .orElse(true)
                && firewall.at("logConfig").exists()
                && firewall.at("denies").items().stream()
                        .anyMatch(deny -> deny.at("protocol").is("all"));
    }

    private static Optional<String> openIngress(Subject firewall) {
        return flawIf(
                isIngress(firewall)
                        && sources(firewall).map(Addresses::isInternet).orElse(!isNarrowed(firewall))
                        && !firewall.at("allows").items().isEmpty()
                        && !firewall.at("disabled").isTrue(),
                "allows ingress from the whole internet");
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
