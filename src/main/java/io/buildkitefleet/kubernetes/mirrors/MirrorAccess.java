package io.buildkitefleet.kubernetes.mirrors;

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
import io.buildkitefleet.fleet.MirrorDisks;
import io.buildkitefleet.kubernetes.ObjectNames;
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
        var role = new Role(
                name + "-role",
                RoleArgs.builder().metadata(metadata).rules(rules()).build(),
                child().build());
        new RoleBinding(
                name + "-binding",
                RoleBindingArgs.builder()
                        .metadata(metadata)
                        .roleRef(RoleRefArgs.builder()
                                .apiGroup("rbac.authorization.k8s.io")
                                .kind("Role")
                                .name(ObjectNames.of(role.metadata()))
                                .build())
                        .subjects(account())
                        .build(),
                child().build());
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
