package io.buildkitefleet.kubernetes.queue;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.rbac.v1.Role;
import com.pulumi.kubernetes.rbac.v1.RoleArgs;
import com.pulumi.kubernetes.rbac.v1.RoleBinding;
import com.pulumi.kubernetes.rbac.v1.RoleBindingArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.RoleRefArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.SubjectArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.ObjectNames;
import java.util.List;
import java.util.Map;

/** What the people who may debug a queue's jobs may do in its namespace: look, open a shell, add a container. */
final class DebugAccess extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:DebugAccess";
    private static final String RBAC = "rbac.authorization.k8s.io";

    DebugAccess(String name, Queue queue, Output<String> namespace, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var metadata =
                ObjectMetaArgs.builder().name("debug").namespace(namespace).build();
        var role = new Role(
                name + "-role",
                RoleArgs.builder().metadata(metadata).rules(rules()).build(),
                child().build());
        new RoleBinding(
                name + "-binding",
                RoleBindingArgs.builder()
                        .metadata(metadata)
                        .roleRef(RoleRefArgs.builder()
                                .apiGroup(RBAC)
                                .kind("Role")
                                .name(ObjectNames.of(role.metadata()))
                                .build())
                        .subjects(queue.config().debuggers().stream()
                                .map(DebugAccess::subject)
                                .toList())
                        .build(),
                child().build());
        registerOutputs(Map.of());
    }

    private static List<PolicyRuleArgs> rules() {
        return List.of(
                rule(List.of("get", "list", "watch"), "pods"),
                rule(List.of("get"), "pods/log"),
                // Clients that speak WebSocket open a shell with a GET.
                rule(List.of("get", "create"), "pods/attach", "pods/exec"),
                rule(List.of("patch"), "pods/ephemeralcontainers"));
    }

    private static PolicyRuleArgs rule(List<String> verbs, String... resources) {
        return PolicyRuleArgs.builder()
                .apiGroups("")
                .resources(resources)
                .verbs(verbs)
                .build();
    }

    /** @param member {@code user:} or {@code group:}, and an address, by which GKE knows both */
    private static SubjectArgs subject(String member) {
        var colon = member.indexOf(':');
        return SubjectArgs.builder()
                .apiGroup(RBAC)
                .kind(member.startsWith("group:") ? "Group" : "User")
                .name(member.substring(colon + 1))
                .build();
    }
}
