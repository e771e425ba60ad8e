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
import com.pulumi.kubernetes.networking.v1.inputs.NetworkPolicySpecArgs;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.fleet.SystemPool;
import io.buildkitefleet.kubernetes.Labels;
import io.buildkitefleet.kubernetes.ObjectNames;
import io.buildkitefleet.kubernetes.agent.GitMirror;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The namespace of one queue, with the bounds of what runs in it and of whom that may talk to. */
final class QueueNamespace extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:QueueNamespace";

    /** The controller, and the one that takes its place while it is being replaced. */
    private static final int CONTROLLERS = 2;

    private final Namespace namespace;

    /** @param controlPlane the range of the control plane's addresses, where the fleet knows it */
    QueueNamespace(
            String name,
            Queue queue,
            Optional<String> controlPlane,
            List<CacheServer> caches,
            ComponentResourceOptions options) {
        super(TYPE, name, options);
        namespace = new Namespace(
                name + "-border",
                NamespaceArgs.builder()
                        .metadata(ObjectMetaArgs.builder()
                                .name(queue.namespace())
                                .labels(labels(queue))
                                .build())
                        .build(),
                child().build());
        quota(name, queue);
        if (!queue.isReclaimable()) {
            disruptions(name, queue);
        }
        defaults(name);
        QueueNetwork.policies(queue, controlPlane, caches).forEach((policy, spec) -> policy(name, policy, spec));
        registerOutputs(Map.of("name", name()));
    }

    /** The namespace's name, known once it exists. */
    Output<String> name() {
        return ObjectNames.of(namespace.metadata());
    }

    private static Map<String, String> labels(Queue queue) {
        var level = queue.needsPrivilegedNamespace() ? "privileged" : "baseline";
        return Map.of(
                Labels.QUEUE,
                queue.name(),
                "pod-security.kubernetes.io/enforce",
                level,
                "pod-security.kubernetes.io/warn",
                "baseline",
                "pod-security.kubernetes.io/audit",
                "baseline");
    }

    /** As much as the queue's nodes can run at all; without it a pipeline could ask for pods that never start. */
    private void quota(String name, Queue queue) {
        var mirrors = GitMirror.isOnDisk(queue) ? 1 : 0;
        var most = queue.jobRequests()
                .plus(SystemPool.CONTROLLER.times(CONTROLLERS))
                .plus(MirrorDisks.POPULATE.times(mirrors));
        new ResourceQuota(
                name + "-quota",
                ResourceQuotaArgs.builder()
                        .metadata(metadata("fleet"))
                        .spec(ResourceQuotaSpecArgs.builder()
                                .hard(Map.of(
                                        "pods",
                                        String.valueOf(queue.maxInFlight() + CONTROLLERS + mirrors),
                                        "requests.cpu",
                                        most.cpu().toString(),
                                        "requests.memory",
                                        most.memory().toString()))
                                .build())
                        .build(),
                child().build());
    }

    /**
     * What a container gets that asks for nothing: the chart's agent and checkout among them. A patch of the pod could
     * say so too, but it would add a container without an image to jobs that have no checkout.
     */
    private void defaults(String name) {
        new LimitRange(
                name + "-defaults",
                LimitRangeArgs.builder()
                        .metadata(metadata("fleet"))
                        .spec(LimitRangeSpecArgs.builder()
                                .limits(LimitRangeItemArgs.builder()
                                        .type("Container")
                                        .defaultRequest(quantities(JobPod.AGENT))
                                        .build())
                                .build())
                        .build(),
                child().build());
    }

    /**
     * Lets running jobs end before their node is upgraded or taken away, for which GKE waits up to an hour. A budget of
     * pods that have no number to be held to can only say how many must stay: here, all that there can be.
     *
     * @see <a href="https://cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies">GKE</a>
     */
    private void disruptions(String name, Queue queue) {
        new PodDisruptionBudget(
                name + "-disruptions",
                PodDisruptionBudgetArgs.builder()
                        .metadata(metadata("jobs"))
                        .spec(PodDisruptionBudgetSpecArgs.builder()
                                .minAvailable(queue.maxInFlight())
                                .selector(LabelSelectorArgs.builder()
                                        .matchLabels(Labels.selecting(Labels.JOB))
                                        .build())
                                .build())
                        .build(),
                child().build());
    }

    private void policy(String name, String policyName, NetworkPolicySpecArgs spec) {
        new NetworkPolicy(
                name + "-" + policyName,
                NetworkPolicyArgs.builder()
                        .metadata(metadata(policyName))
                        .spec(spec)
                        .build(),
                child().build());
    }

    private static Map<String, String> quantities(Resources resources) {
        return Map.of(
                "cpu", resources.cpu().toString(), "memory", resources.memory().toString());
    }

    private ObjectMetaArgs metadata(String objectName) {
        return ObjectMetaArgs.builder().name(objectName).namespace(name()).build();
    }
}
