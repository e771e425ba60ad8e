package io.buildkitefleet.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorRequirementArgs;
import com.pulumi.kubernetes.networking.v1.inputs.IPBlockArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import io.buildkitefleet.config.value.Cidr;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The places that pods may be allowed to reach. */
public final class Egress {
    /** Where Workload Identity hands out tokens, and where an attacker would look for them first. */
    private static final String METADATA_SERVER = "169.254.169.254/32";

    /** https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache */
    private static final String NODE_LOCAL_DNS = "169.254.20.10/32";

    /** Cloud DNS answers at the metadata server's address; on port 53 it hands out names, not tokens. */
    private static final String CLOUD_DNS = METADATA_SERVER;

    private static final String LINK_LOCAL = "169.254.0.0/16";

    /** The label that Kubernetes itself gives a namespace, and nobody can change. */
    public static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private Egress() {}

    /** Names, and nothing else of those who know them. */
    public static NetworkPolicyEgressRuleArgs dns() {
        var servers = NetworkPolicyPeerArgs.builder()
                .namespaceSelector(namespace("kube-system"))
                .podSelector(LabelSelectorArgs.builder()
                        .matchExpressions(LabelSelectorRequirementArgs.builder()
                                .key("k8s-app")
                                .operator("In")
                                .values("kube-dns", "node-local-dns")
                                .build())
                        .build())
                .build();
        return NetworkPolicyEgressRuleArgs.builder()
                .to(servers, peer(NODE_LOCAL_DNS, List.of()), peer(CLOUD_DNS, List.of()))
                .ports(port("UDP", 53), port("TCP", 53))
                .build();
    }

    /** Every public address. */
    public static NetworkPolicyEgressRuleArgs internet() {
        return NetworkPolicyEgressRuleArgs.builder().to(publicAddresses()).build();
    }

    /** Every public address, by HTTPS alone. */
    public static NetworkPolicyEgressRuleArgs https() {
        return NetworkPolicyEgressRuleArgs.builder()
                .to(publicAddresses())
                .ports(tcp(443))
                .build();
    }

    /** Every private address. */
    public static NetworkPolicyEgressRuleArgs privateAddresses() {
        return NetworkPolicyEgressRuleArgs.builder()
                .to(Cidr.PRIVATE_RANGES.stream()
                        .map(range -> peer(range.toString(), List.of()))
                        .toList())
                .build();
    }

    public static NetworkPolicyEgressRuleArgs metadataServer() {
        return to(METADATA_SERVER, 80);
    }

    public static NetworkPolicyEgressRuleArgs to(String cidr, int port) {
        return NetworkPolicyEgressRuleArgs.builder()
                .to(peer(cidr, List.of()))
                .ports(tcp(port))
                .build();
    }

    public static NetworkPolicyEgressRuleArgs toPods(String namespace, Map<String, String> labels, int port) {
        return NetworkPolicyEgressRuleArgs.builder()
                .to(NetworkPolicyPeerArgs.builder()
                        .namespaceSelector(namespace(namespace))
                        .podSelector(
                                LabelSelectorArgs.builder().matchLabels(labels).build())
                        .build())
                .ports(tcp(port))
                .build();
    }

    private static LabelSelectorArgs namespace(String name) {
        return LabelSelectorArgs.builder()
                .matchLabels(Map.of(NAMESPACE_NAME, name))
                .build();
    }

    /** The namespaces with these names. */
    public static LabelSelectorArgs namespaces(List<String> names) {
        return LabelSelectorArgs.builder()
                .matchExpressions(LabelSelectorRequirementArgs.builder()
                        .key(NAMESPACE_NAME)
                        .operator("In")
                        .values(names)
                        .build())
                .build();
    }

    public static NetworkPolicyPortArgs tcp(int number) {
        return port("TCP", number);
    }

    private static NetworkPolicyPeerArgs publicAddresses() {
        var closed = Stream.concat(Cidr.PRIVATE_RANGES.stream().map(Cidr::toString), Stream.of(LINK_LOCAL))
                .toList();
        return peer("0.0.0.0/0", closed);
    }

    private static NetworkPolicyPeerArgs peer(String cidr, List<String> except) {
        var block = IPBlockArgs.builder().cidr(cidr);
        return NetworkPolicyPeerArgs.builder()
                .ipBlock(except.isEmpty() ? block.build() : block.except(except).build())
                .build();
    }

    private static NetworkPolicyPortArgs port(String protocol, int number) {
        return NetworkPolicyPortArgs.builder().protocol(protocol).port(number).build();
    }
}
