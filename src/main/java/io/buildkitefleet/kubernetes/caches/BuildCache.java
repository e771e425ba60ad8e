package io.buildkitefleet.kubernetes.caches;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.networking.v1.NetworkPolicy;
import com.pulumi.kubernetes.networking.v1.NetworkPolicyArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyIngressRuleArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicyPeerArgs;
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.kubernetes.Egress;
import io.buildkitefleet.kubernetes.Labels;
import io.buildkitefleet.kubernetes.ObjectNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One cache server: a single pod, because a cache may be away. What it has on its disk is in its bucket too, so a new
 * pod begins with an empty disk, and two never write one.
 */
final class BuildCache extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:BuildCache";

    /**
     * Where the servers are.
     *
     * @param storageClass of their disks
     * @param admission what their pods are judged by
     */
    record Place(Output<String> namespace, Output<String> storageClass, List<Resource> admission) {}

    BuildCache(String name, BuildCaches.Server args, Place place, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var server = args.cache();
        var namespace = place.namespace();
        var account = new ServiceAccount(
                name + "-account",
                ServiceAccountArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(server.kind().id())
                                .namespace(namespace)
                                .annotations(args.identity()
                                        .applyValue(email -> Map.of("iam.gke.io/gcp-service-account", email)))
                                .build())
                        .automountServiceAccountToken(false)
                        .build(),
                child().build());
        var network = network(name, server, namespace);
        service(name, server, namespace);
        var needed = new ArrayList<>(place.admission());
        needed.add(network);
        var pod = CachePod.spec(server, ObjectNames.of(account.metadata()), args.bucket(), place.storageClass());
        deployment(name, server, namespace, pod, needed);
        registerOutputs(Map.of());
    }

    private NetworkPolicy network(String name, CacheServer server, Output<String> namespace) {
        var jobs = NetworkPolicyPeerArgs.builder()
                .namespaceSelector(Egress.namespaces(server.namespaces()))
                .podSelector(LabelSelectorArgs.builder()
                        .matchLabels(Labels.selecting(Labels.JOB))
                        .build())
                .build();
        return new NetworkPolicy(
                name + "-network",
                NetworkPolicyArgs.builder()
                        .metadata(metadata(server, namespace))
                        .spec(NetworkPolicySpecArgs.builder()
                                .podSelector(selector(server))
                                .policyTypes("Ingress", "Egress")
                                .ingress(NetworkPolicyIngressRuleArgs.builder()
                                        .from(jobs)
                                        .ports(Egress.tcp(server.kind().port()))
                                        .build())
                                .egress(List.of(Egress.dns(), Egress.https(), Egress.metadataServer()))
                                .build())
                        .build(),
                child().build());
    }

    private void service(String name, CacheServer server, Output<String> namespace) {
        var port = server.kind().port();
        new Service(
                name + "-service",
                ServiceArgs.builder()
                        .metadata(metadata(server, namespace))
                        .spec(ServiceSpecArgs.builder()
                                .type("ClusterIP")
                                .selector(Labels.of(server))
                                .ports(ServicePortArgs.builder()
                                        .name(server.kind().id())
                                        .port(port)
                                        .targetPort(port)
                                        .build())
                                .build())
                        .build(),
                child().build());
    }

    private void deployment(
            String name, CacheServer server, Output<String> namespace, PodSpecArgs pod, List<Resource> needed) {
        new Deployment(
                name + "-deployment",
                DeploymentArgs.builder()
                        .metadata(metadata(server, namespace))
                        .spec(DeploymentSpecArgs.builder()
                                .replicas(1)
                                .strategy(DeploymentStrategyArgs.builder()
                                        .type("Recreate")
                                        .build())
                                .selector(selector(server))
                                .template(PodTemplateSpecArgs.builder()
                                        .metadata(ObjectMetaArgs.builder()
                                                .labels(Labels.of(server))
                                                .build())
                                        .spec(pod)
                                        .build())
                                .build())
                        .build(),
                child().dependsOn(needed).build());
    }

    private static ObjectMetaArgs metadata(CacheServer server, Output<String> namespace) {
        return ObjectMetaArgs.builder()
                .name(server.kind().id())
                .namespace(namespace)
                .build();
    }

    private static LabelSelectorArgs selector(CacheServer server) {
        return LabelSelectorArgs.builder().matchLabels(Labels.of(server)).build();
    }
}
