package io.buildkitefleet.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorRequirementArgs;
import com.pulumi.kubernetes.networking.v1.inputs.IPBlockArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPortArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import io.buildkitefleet.config.Cidr;
import io.buildkitefleet.fleet.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Whom the pods of a queue may talk to: nobody reaches them, and they reach names, the internet, and what else their
 * role needs, but no private address.
 */
final class QueueNetwork {
    /** Where Workload Identity hands out tokens, and where an attacker would look for them first. */
    private static final String METADATA_SERVER = "169.254.169.254/32";

    /** https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache */
    private static final String NODE_LOCAL_DNS = "169.254.20.10/32";

    /** Cloud DNS answers at the metadata server's address; on port 53 it hands out names, not tokens. */
    private static final String CLOUD_DNS = METADATA_SERVER;

    private static final String LINK_LOCAL = "169.254.0.0/16";

    private QueueNetwork() {}

    /** The policies by their names. */
    static Map<String, NetworkPolicySpecArgs> policies(Queue queue, String controlPlane) {
        var policies = new TreeMap<String, NetworkPolicySpecArgs>();
        policies.put("deny-all", policy(LabelSelectorArgs.builder().build(), List.of()));
        policies.put("jobs", policy(selector(Labels.JOB), jobEgress(queue, controlPlane)));
        policies.put(
                "controller",
                policy(selector(Labels.CONTROLLER), List.of(dns(), internet(), to(controlPlane, tcp(443)))));
        return policies;
    }

    private static List<NetworkPolicyEgressRuleArgs> jobEgress(Queue queue, String controlPlane) {
        var rules = new ArrayList<NetworkPolicyEgressRuleArgs>();
        rules.add(dns());
        rules.add(internet());
        if (queue.account().isPresent()) {
            rules.add(to(METADATA_SERVER, tcp(80)));
        }
        if (!queue.deployNamespaces().isEmpty()) {
            rules.add(to(controlPlane, tcp(443)));
        }
        return rules;
    }

    private static NetworkPolicySpecArgs policy(LabelSelectorArgs pods, List<NetworkPolicyEgressRuleArgs> egress) {
        return NetworkPolicySpecArgs.builder()
                .podSelector(pods)
                .policyTypes("Ingress", "Egress")
                .egress(egress)
                .build();
    }

    private static LabelSelectorArgs selector(String role) {
        return LabelSelectorArgs.builder().matchLabels(Labels.selecting(role)).build();
    }

    private static NetworkPolicyEgressRuleArgs dns() {
        var servers = NetworkPolicyPeerArgs.builder()
                .namespaceSelector(LabelSelectorArgs.builder()
                        .matchLabels(Map.of("kubernetes.io/metadata.name", "kube-system"))
                        .build())
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

    private static NetworkPolicyEgressRuleArgs internet() {
        var closed = Stream.concat(Cidr.PRIVATE_RANGES.stream().map(Cidr::toString), Stream.of(LINK_LOCAL))
                .toList();
        return NetworkPolicyEgressRuleArgs.builder()
                .to(peer("0.0.0.0/0", closed))
                .build();
    }

    private static NetworkPolicyEgressRuleArgs to(String cidr, NetworkPolicyPortArgs port) {
        return NetworkPolicyEgressRuleArgs.builder()
                .to(peer(cidr, List.of()))
                .ports(port)
                .build();
    }

    private static NetworkPolicyPeerArgs peer(String cidr, List<String> except) {
        var block = IPBlockArgs.builder().cidr(cidr);
        return NetworkPolicyPeerArgs.builder()
                .ipBlock(except.isEmpty() ? block.build() : block.except(except).build())
                .build();
    }

    private static NetworkPolicyPortArgs tcp(int number) {
        return port("TCP", number);
    }

    private static NetworkPolicyPortArgs port(String protocol, int number) {
        return NetworkPolicyPortArgs.builder().protocol(protocol).port(number).build();
    }
}
