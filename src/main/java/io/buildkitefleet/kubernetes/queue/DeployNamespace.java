package io.buildkitefleet.kubernetes.queue;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.LimitRange;
import com.pulumi.kubernetes.core.v1.LimitRangeArgs;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.core.v1.ResourceQuota;
import com.pulumi.kubernetes.core.v1.ResourceQuotaArgs;
import com.pulumi.kubernetes.core.v1.inputs.LimitRangeItemArgs;
import com.pulumi.kubernetes.core.v1.inputs.LimitRangeSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ResourceQuotaSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyEgressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.NamespaceBounds;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.kubernetes.Egress;
import io.buildkitefleet.kubernetes.ObjectNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A namespace for what jobs deploy into the fleet's own cluster, such as a preview of a pull request. Its pods are not
 * privileged, run on the nodes of one pool, take no more of it than their share, and reach each other and the internet.
 */
public final class DeployNamespace extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:DeployNamespace";

    private static final String BOUNDS = "fleet";

    private final Namespace namespace;

    /** @param admission what judges everything in it, from its first day on */
    public DeployNamespace(
            String name, NamespaceBounds bounds, List<Resource> admission, ComponentResourceOptions options) {
        super(TYPE, name, options);
        namespace = new Namespace(
                name + "-namespace",
                NamespaceArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(bounds.name())
                                // The policy reads the pool here, where no job can change it.
                                .labels(Map.of(
                                        "pod-security.kubernetes.io/enforce",
                                        "baseline",
                                        Pool.LABEL,
                                        bounds.pool().name()))
                                .build())
                        .build(),
                child().dependsOn(admission).build());
        network(name, bounds);
        quota(name, bounds);
        defaults(name, bounds);
        registerOutputs(Map.of("name", name()));
    }

    /** The namespace's name, known once it exists. */
    public Output<String> name() {
        return ObjectNames.of(namespace.metadata());
    }

    private void network(String name, NamespaceBounds bounds) {
        new NetworkPolicy(
                name + "-network",
                NetworkPolicyArgs.builder()
                        .metadata(metadata(DeployAdmission.NETWORK))
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(LabelSelectorArgs.builder().build())
                                .policyTypes("Ingress", "Egress")
                                .ingress(NetworkPolicyIngressRuleArgs.builder()
                                        .from(ownPods())
                                        .build())
                                .egress(egress(bounds))
                                .build())
                        .build(),
                child().build());
    }

    private static List<NetworkPolicyEgressRuleArgs> egress(NamespaceBounds bounds) {
        var rules = new ArrayList<NetworkPolicyEgressRuleArgs>();
        rules.add(Egress.dns());
        rules.add(Egress.internet());
        rules.add(NetworkPolicyEgressRuleArgs.builder().to(ownPods()).build());
        if (bounds.config().identity()) {
            rules.add(Egress.metadataServer());
        }
        return rules;
    }

    private static NetworkPolicyPeerArgs ownPods() {
        return NetworkPolicyPeerArgs.builder()
                .podSelector(LabelSelectorArgs.builder().build())
                .build();
    }

    private void quota(String name, NamespaceBounds bounds) {
        var config = bounds.config();
        var requests = bounds.requests();
        var hard = new HashMap<String, String>();
        hard.put("pods", String.valueOf(bounds.pods()));
        hard.put("requests.cpu", requests.cpu().toString());
        hard.put("requests.memory", requests.memory().toString());
        hard.put("requests.ephemeral-storage", bounds.disk().toString());
        hard.put("requests.storage", config.storageGb() + "Gi");
        hard.put("requests.nvidia.com/gpu", String.valueOf(config.gpus()));
        hard.put("services.loadbalancers", String.valueOf(config.loadBalancers()));
        hard.put("count/ingresses.networking.k8s.io", String.valueOf(config.loadBalancers()));
        if (config.loadBalancers() == 0) {
            // A load balancer takes a port of each node, too.
            hard.put("services.nodeports", "0");
        }
        new ResourceQuota(
                name + "-quota",
                ResourceQuotaArgs.builder()
                        .metadata(metadata(BOUNDS))
                        .spec(ResourceQuotaSpecArgs.builder().hard(hard).build())
                        .build(),
                child().build());
    }

    /** Without a limit, one container could take the memory or the disk of its node from the jobs there. */
    private void defaults(String name, NamespaceBounds bounds) {
        new LimitRange(
                name + "-defaults",
                LimitRangeArgs.builder()
                        .metadata(metadata(BOUNDS))
                        .spec(LimitRangeSpecArgs.builder()
                                .limits(LimitRangeItemArgs.builder()
                                        .type("Container")
                                        .defaultRequest(Map.of(
                                                "cpu",
                                                NamespaceBounds.DEFAULT.cpu().toString(),
                                                "memory",
                                                NamespaceBounds.DEFAULT.memory().toString(),
                                                "ephemeral-storage",
                                                NamespaceBounds.DEFAULT_DISK.toString()))
                                        .default_(Map.of(
                                                "memory",
                                                bounds.memoryLimit().toString(),
                                                "ephemeral-storage",
                                                bounds.diskLimit().toString()))
                                        .max(Map.of(
                                                "memory",
                                                bounds.mostMemory().toString(),
                                                "ephemeral-storage",
                                                bounds.mostDisk().toString()))
                                        .build())
                                .build())
                        .build(),
                child().build());
    }

    private ObjectMetaArgs metadata(String objectName) {
        return ObjectMetaArgs.builder().name(objectName).namespace(name()).build();
    }
}
