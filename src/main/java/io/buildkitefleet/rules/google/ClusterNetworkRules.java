package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.google.ClusterRules.cluster;
import static io.buildkitefleet.rules.plan.Subject.expect;
import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.plan.Subject.refuse;
import static io.buildkitefleet.rules.rule.Rule.CIS;
import static io.buildkitefleet.rules.rule.Severity.HIGH;
import static io.buildkitefleet.rules.rule.Severity.MEDIUM;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Addresses;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who reaches the cluster, and whom its pods reach. */
public final class ClusterNetworkRules {
    private ClusterNetworkRules() {}

    /** A pool has what the cluster has, unless it says otherwise. */
    private static Optional<String> publicNodes(Subject subject) {
        var rule = subject.resource().type().equals(GoogleType.NODE_POOL.token())
                ? refuse("networkConfig.enablePrivateNodes", false)
                : expect("privateClusterConfig.enablePrivateNodes", true);
        return rule.apply(subject);
    }

    public static List<Rule> rules() {
        return List.of(
                Rule.named("cluster-private-nodes", HIGH, "Nodes have no public address")
                        .why("a node that the internet reaches is scanned within minutes")
                        .mend("set privateClusterConfig.enablePrivateNodes: true, and let no pool say otherwise")
                        .source(CIS + "5.6.5", "CKV_GCP_64", "CKV_GCP_25")
                        .check(Check.each(
                                stack -> stack.ofTypes(GoogleType.CLUSTER.token(), GoogleType.NODE_POOL.token()),
                                ClusterNetworkRules::publicNodes)),
                Rule.named("cluster-private-endpoint", MEDIUM, "The Kubernetes API has no public address")
                        .why("authorized networks then are all that stands before it")
                        .mend("set cluster.dnsEndpoint: true, and leave out cluster.authorizedNetworks")
                        .source(CIS + "5.6.4")
                        .check(cluster(expect("privateClusterConfig.enablePrivateEndpoint", true))),
                Rule.named("cluster-dns-endpoint", HIGH, "By the API's name, IAM alone lets somebody in")
                        .why("a token or certificate of the cluster that leaked would open it from anywhere")
                        .mend("set enableK8sTokensViaDns and enableK8sCertsViaDns: false")
                        .source("https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation")
                        .check(cluster(subject -> Stream.of("enableK8sTokensViaDns", "enableK8sCertsViaDns")
                                .filter(way -> subject.at("controlPlaneEndpointsConfig.dnsEndpointConfig." + way)
                                        .isTrue())
                                .findFirst()
                                .map(way -> "controlPlaneEndpointsConfig.dnsEndpointConfig." + way + " is true"))),
                Rule.named("cluster-authorized-networks", HIGH, "Named networks alone reach the Kubernetes API")
                        .why("the API would be open to everybody who has a token, or a hole to try")
                        .mend("list your own ranges in cluster.authorizedNetworks")
                        .source(CIS + "5.6.3", "CKV_GCP_18", "CKV_GCP_20")
                        .check(cluster(ClusterNetworkRules::authorizedNetworks)),
                Rule.named("cluster-vpc-native", MEDIUM, "Pods have addresses of the network")
                        .why("with routes instead, a pod may pose as another and policies of the network miss it")
                        .mend("set ipAllocationPolicy and networkingMode: VPC_NATIVE")
                        .source(CIS + "5.6.2", "CKV_GCP_23")
                        .check(cluster(subject -> flawIf(
                                !subject.at("ipAllocationPolicy").exists()
                                        || subject.at("networkingMode").is("ROUTES"),
                                "ipAllocationPolicy is "
                                        + subject.at("ipAllocationPolicy").described() + ", networkingMode is "
                                        + subject.at("networkingMode").described()))),
                Rule.named("cluster-pod-traffic", MEDIUM, "Traffic between the pods of one node is seen")
                        .why("flow logs and policies of the network miss what never leaves the node")
                        .mend("set enableIntranodeVisibility: true")
                        .source(CIS + "5.6.1", "CKV_GCP_61")
                        .check(cluster(expect("enableIntranodeVisibility", true))),
                Rule.named("cluster-external-ips", MEDIUM, "No Service takes the traffic of an address that it names")
                        .why("who may write a Service could take what others send to any address")
                        .mend("leave out serviceExternalIpsConfig, or set enabled: false")
                        .check(cluster(refuse("serviceExternalIpsConfig.enabled", true))),
                Rule.named("cluster-network-policy", HIGH, "The cluster enforces network policies")
                        .why("policies that nobody enforces look like a border and are none")
                        .mend("set datapathProvider: ADVANCED_DATAPATH")
                        .source(CIS + "4.3.1", "CKV_GCP_12")
                        .check(cluster(subject -> flawIf(
                                !subject.at("datapathProvider").is("ADVANCED_DATAPATH")
                                        && !subject.at("networkPolicy.enabled").isTrue(),
                                "datapathProvider is "
                                        + subject.at("datapathProvider").described()
                                        + ", and networkPolicy is not enabled"))));
    }

    private static Optional<String> authorizedNetworks(Subject cluster) {
        var config = cluster.at("masterAuthorizedNetworksConfig");
        if (!config.exists()) {
            return Optional.of("masterAuthorizedNetworksConfig is not set");
        }
        if (config.at("gcpPublicCidrsAccessEnabled").isTrue()) {
            return Optional.of("gcpPublicCidrsAccessEnabled lets every customer of Google Cloud in");
        }
        var blocks = config.at("cidrBlocks").items().stream()
                .map(block -> block.at("cidrBlock"))
                .peek(InputValue::need)
                .filter(block -> !block.isUnknown())
                .toList();
        var wrong = blocks.stream()
                .filter(block -> isInternet(List.of(block)))
                .findFirst()
                .map(InputValue::described);
        return wrong.or(() -> isInternet(blocks) ? Optional.of("ranges that add up to the internet") : Optional.empty())
                .map(what -> "cidrBlocks has " + what);
    }

    /** What is no range may be anything. */
    private static boolean isInternet(List<InputValue> blocks) {
        var ranges = blocks.stream().map(block -> Addresses.parse(block.text())).toList();
        return ranges.stream().anyMatch(Optional::isEmpty)
                || Addresses.union(ranges.stream().flatMap(Optional::stream).toList())
                        .isInternet();
    }
}
