package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.both;
import static io.buildkitefleet.rules.plan.Subject.expect;
import static io.buildkitefleet.rules.plan.Subject.expectOneOf;
import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.plan.Subject.present;
import static io.buildkitefleet.rules.plan.Subject.refuse;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.LOW;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;

/** What the network that the nodes are in must be. */
public final class NetworkRules {
    /** With less, a visit of a few packets is as good as never kept; Google takes 0.5 where nothing is said. */
    private static final double LEAST_SAMPLING = 0.1;

    private NetworkRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("network-own", HIGH, "The cluster and what guards it are in the network that the plan makes")
                        .why(
                                "Google's default network, or somebody else's, has machines and firewall rules that no plan shows, and"
                                        + " a firewall rule that stands there guards nothing here")
                        .mend("leave network, subnetwork and router to the program")
                        .check(stack -> Check.each(OwnNetwork::subjects, subject -> OwnNetwork.strange(stack, subject))
                                .of(stack)),
                Rule.named(
                                "network-own-subnets",
                                MEDIUM,
                                "The network has the subnets that the plan shows and no other")
                        .why("an automatic network has a subnet in every region, for anybody to put machines into")
                        .mend("set autoCreateSubnetworks: false")
                        .check(Check.each(GoogleType.NETWORK, expect("autoCreateSubnetworks", false))),
                Rule.named("nat-log", LOW, "The NAT says what it could not let out")
                        .why("jobs that find no port to the internet just hang, and nobody sees why")
                        .mend("set logConfig with enable: true on the NAT, and filter: ERRORS_ONLY or ALL")
                        .check(Check.each(
                                GoogleType.ROUTER_NAT,
                                both(
                                        expect("logConfig.enable", true),
                                        expectOneOf("logConfig.filter", "ERRORS_ONLY", "ALL")))),
                Rule.named("subnet-flow-logs", MEDIUM, "Who talked to whom is kept")
                        .why("after a break-in nobody can tell where it went")
                        .mend("set logConfig on the subnetwork, with a flowSampling above 0 and no filterExpr")
                        .source(CIS + "5.6.1", "CKV_GCP_26")
                        .check(Check.each(GoogleType.SUBNET, both(present("logConfig"), NetworkRules::unlogged))),
                Rule.named("subnet-no-public-addresses", HIGH, "Nodes and pods have no public address of IPv6")
                        .why("such an address is reached from anywhere, past the NAT")
                        .mend("leave out ipv6AccessType, or set INTERNAL")
                        .check(Check.each(GoogleType.SUBNET, refuse("ipv6AccessType", "EXTERNAL"))),
                Rule.named("subnet-google-access", LOW, "Private nodes reach Google's APIs without the NAT")
                        .why("every artifact and image would be paid for by the gigabyte, and slow down the rest")
                        .mend("set privateIpGoogleAccess: true")
                        .source("CKV_GCP_74")
                        .check(Check.each(GoogleType.SUBNET, expect("privateIpGoogleAccess", true))));
    }

    /**
     * Why hardly any flow is kept: half of them are, and all are kept, where nothing is said.
     *
     * @see <a href="https://cloud.google.com/vpc/docs/using-flow-logs">flowSampling and filterExpr</a>
     */
    private static Optional<String> unlogged(Subject subnet) {
        var sampling = subnet.at("logConfig.flowSampling");
        if (sampling.exists() && !sampling.isUnknown() && !(share(sampling.text()) >= LEAST_SAMPLING)) {
            return Optional.of("logConfig.flowSampling is " + sampling.described() + ", less than " + LEAST_SAMPLING);
        }
        var filter = subnet.at("logConfig.filterExpr");
        return flawIf(
                filter.exists() && !filter.isUnknown() && !filter.is(true),
                "logConfig.filterExpr leaves out what is not " + filter.described());
    }

    /** Not a number if it is none. */
    private static double share(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }
}
