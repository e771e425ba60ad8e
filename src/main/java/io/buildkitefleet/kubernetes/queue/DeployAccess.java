package io.buildkitefleet.kubernetes.queue;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.SubjectArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.RoleGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a queue's jobs may do with kubectl and helm, in each of the queue's deploy namespaces and nowhere else. No rule
 * names roles or bindings, so that a job cannot give itself more, and only helm asks for Secrets. That is no border:
 * whoever makes pods in a namespace can mount the Secrets there.
 */
final class DeployAccess extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:DeployAccess";

    private static final List<String> READ = List.of("get", "list", "watch");

    private static final List<String> MANAGE = List.of("get", "list", "watch", "create", "update", "patch", "delete");

    DeployAccess(
            String name,
            Queue queue,
            Output<String> jobNamespace,
            Map<String, Output<String>> deployNamespaces,
            ComponentResourceOptions options) {
        super(TYPE, name, options);
        deployNamespaces.forEach((namespace, known) -> allow(name + "-" + namespace, queue, known, jobNamespace));
        registerOutputs(Map.of());
    }

    private void allow(String name, Queue queue, Output<String> namespace, Output<String> jobNamespace) {
        var metadata = ObjectMetaArgs.builder()
                .name(queue.namespace())
                .namespace(namespace)
                .build();
        var subject = SubjectArgs.builder()
                .kind("ServiceAccount")
                .name(Queue.SERVICE_ACCOUNT)
                .namespace(jobNamespace)
                .build();
        RoleGrant.register(name, metadata, rules(queue), List.of(subject), this::child);
    }

    private static List<PolicyRuleArgs> rules(Queue queue) {
        var rules = new ArrayList<PolicyRuleArgs>();
        rules.add(rule("", MANAGE, "configmaps", "persistentvolumeclaims", "pods", "serviceaccounts", "services"));
        rules.add(rule("", READ, "endpoints", "events", "limitranges", "pods/log", "resourcequotas"));
        rules.add(rule("apps", MANAGE, "daemonsets", "deployments", "replicasets", "statefulsets"));
        rules.add(rule("apps", List.of("get", "update", "patch"), "deployments/scale", "statefulsets/scale"));
        rules.add(rule("batch", MANAGE, "cronjobs", "jobs"));
        rules.add(rule("autoscaling", MANAGE, "horizontalpodautoscalers"));
        rules.add(rule("networking.k8s.io", MANAGE, "ingresses", "networkpolicies"));
        rules.add(rule("policy", MANAGE, "poddisruptionbudgets"));
        if (queue.can(Capability.HELM)) {
            rules.add(rule("", MANAGE, "secrets"));
        }
        return rules;
    }

    private static PolicyRuleArgs rule(String group, List<String> verbs, String... resources) {
        return PolicyRuleArgs.builder()
                .apiGroups(group)
                .resources(resources)
                .verbs(verbs)
                .build();
    }
}
