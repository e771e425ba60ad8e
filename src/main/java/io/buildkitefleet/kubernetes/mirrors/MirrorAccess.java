package io.buildkitefleet.kubernetes.mirrors;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.SubjectArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.kubernetes.RoleGrant;
import java.util.List;
import java.util.Map;

/** What {@link MirrorRefresh} may do in the namespace of a queue: handle disks, and start the Job that fills one. */
final class MirrorAccess extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:kubernetes:MirrorAccess";

    private static final String[] HANDLE = {"get", "list", "watch", "create", "patch", "delete"};

    MirrorAccess(String name, Output<String> namespace, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var metadata = ObjectMetaArgs.builder()
                .name(MirrorRefresh.NAME)
                .namespace(namespace)
                .build();
        RoleGrant.register(name, metadata, rules(), List.of(account()), this::child);
        registerOutputs(Map.of());
    }

    static SubjectArgs account() {
        return SubjectArgs.builder()
                .kind("ServiceAccount")
                .name(MirrorRefresh.NAME)
                .namespace(MirrorDisks.NAMESPACE)
                .build();
    }

    private static List<PolicyRuleArgs> rules() {
        return List.of(
                rule("", "persistentvolumeclaims").verbs(HANDLE).build(),
                rule("snapshot.storage.k8s.io", "volumesnapshots").verbs(HANDLE).build(),
                rule("batch", "jobs").verbs(HANDLE).build(),
                rule("batch", "cronjobs")
                        .resourceNames(QueueMirror.NAME)
                        .verbs("get")
                        .build(),
                rule("", "configmaps")
                        .resourceNames(QueueMirror.NAME)
                        .verbs("get", "patch")
                        .build(),
                rule("", "pods").verbs("list").build());
    }

    private static PolicyRuleArgs.Builder rule(String group, String resource) {
        return PolicyRuleArgs.builder().apiGroups(group).resources(resource);
    }
}
