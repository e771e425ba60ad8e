package io.buildkitefleet.kubernetes.queue;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Namespace;
import com.pulumi.kubernetes.core.v1.NamespaceArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.kubernetes.ObjectNames;
import java.util.Map;

/**
 * A namespace for what jobs deploy into the fleet's own cluster, such as a preview of a pull request. Its pods are not
 * privileged, and only they reach each other.
 */
public final class DeployNamespace extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:DeployNamespace";

    private final Namespace namespace;

    public DeployNamespace(String name, String namespaceName, ComponentResourceOptions options) {
        super(TYPE, name, options);
        namespace = new Namespace(
                name + "-namespace",
                NamespaceArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(namespaceName)
                                .labels(Map.of("pod-security.kubernetes.io/enforce", "baseline"))
                                .build())
                        .build(),
                child().build());
        new NetworkPolicy(
                name + "-network",
                NetworkPolicyArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name("own-pods-only")
                                .namespace(name())
                                .build())
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(LabelSelectorArgs.builder().build())
                                .policyTypes("Ingress")
                                .ingress(NetworkPolicyIngressRuleArgs.builder()
                                        .from(NetworkPolicyPeerArgs.builder()
                                                .podSelector(LabelSelectorArgs.builder()
                                                        .build())
                                                .build())
                                        .build())
                                .build())
                        .build(),
                child().build());
        registerOutputs(Map.of("name", name()));
    }

    /** The namespace's name, known once it exists. */
    public Output<String> name() {
        return ObjectNames.of(namespace.metadata());
    }
}
