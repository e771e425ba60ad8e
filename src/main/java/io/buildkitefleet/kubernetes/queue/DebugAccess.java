package io.buildkitefleet.kubernetes.queue;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.SubjectArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.RoleGrant;
import java.util.List;
import java.util.Map;

/** What the people who may debug a queue's jobs may do in its namespace: look, open a shell, add a container. */
final class DebugAccess extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:DebugAccess";

    DebugAccess(String name, Queue queue, Output<String> namespace, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var metadata =
                ObjectMetaArgs.builder().name("debug").namespace(namespace).build();
        var subjects =
                queue.config().debuggers().stream().map(DebugAccess::subject).toList();
        RoleGrant.register(name, metadata, rules(), subjects, this::child);
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
                .apiGroup(RoleGrant.API_GROUP)
                .kind(member.startsWith("group:") ? "Group" : "User")
                .name(member.substring(colon + 1))
                .build();
    }
}
