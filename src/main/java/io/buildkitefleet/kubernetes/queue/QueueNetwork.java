package io.buildkitefleet.kubernetes.queue;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.Egress;
import io.buildkitefleet.kubernetes.Labels;
import io.buildkitefleet.kubernetes.agent.GitMirror;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whom the pods of a queue may talk to: nobody reaches them, and they reach names, the internet, and what else their
 * role needs, but no private address.
 */
final class QueueNetwork {
    private QueueNetwork() {}

    /** The policies by their names. */
    static Map<String, NetworkPolicySpecArgs> policies(
            Queue queue, Optional<String> controlPlane, List<CacheServer> caches) {
        var policies = new TreeMap<String, NetworkPolicySpecArgs>();
        policies.put("deny-all", policy(LabelSelectorArgs.builder().build(), List.of()));
        policies.put("jobs", policy(selector(Labels.JOB), jobEgress(queue, controlPlane, caches)));
        policies.put(
                "controller",
                policy(selector(Labels.CONTROLLER), List.of(Egress.dns(), Egress.internet(), api(controlPlane))));
        if (GitMirror.isOnDisk(queue)) {
            policies.put("mirror", policy(selector(Labels.MIRROR), List.of(Egress.dns(), Egress.internet())));
        }
        return policies;
    }

    private static List<NetworkPolicyEgressRuleArgs> jobEgress(
            Queue queue, Optional<String> controlPlane, List<CacheServer> caches) {
        var rules = new ArrayList<NetworkPolicyEgressRuleArgs>();
        rules.add(Egress.dns());
        rules.add(Egress.internet());
        if (queue.account().isPresent()) {
            rules.add(Egress.metadataServer());
        }
        // Kubernetes' own service is looked up first: policies see the control plane's address behind it.
        if (!queue.config().namespaces().isEmpty()) {
            rules.add(api(controlPlane));
        }
        queue.config().clusters().stream()
                .flatMap(cluster -> cluster.controlPlane().stream())
                .map(Cidr::toString)
                .distinct()
                .forEach(range -> rules.add(Egress.to(range, 443)));
        caches.forEach(server -> rules.add(Egress.toPods(
                CacheServer.NAMESPACE, Labels.of(server), server.kind().port())));
        return rules;
    }

    /** Of a cluster that the fleet did not make, nobody knows beforehand at which address and port its API is. */
    private static NetworkPolicyEgressRuleArgs api(Optional<String> controlPlane) {
        return controlPlane.map(range -> Egress.to(range, 443)).orElseGet(Egress::privateAddresses);
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
}
