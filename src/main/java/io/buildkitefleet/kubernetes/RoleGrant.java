package io.buildkitefleet.kubernetes;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.rbac.v1.Role;
import com.pulumi.kubernetes.rbac.v1.RoleArgs;
import com.pulumi.kubernetes.rbac.v1.RoleBinding;
import com.pulumi.kubernetes.rbac.v1.RoleBindingArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.PolicyRuleArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.RoleRefArgs;
import com.pulumi.kubernetes.rbac.v1.inputs.SubjectArgs;
import com.pulumi.resources.CustomResourceOptions;
import java.util.List;
import java.util.function.Supplier;

/** What somebody may do in one namespace: a role, and its binding of the same name. */
public final class RoleGrant {
    public static final String API_GROUP = "rbac.authorization.k8s.io";

    private RoleGrant() {}

    /**
     * Registers both.
     *
     * @param name what the names of both in Pulumi begin with
     * @param metadata their name in Kubernetes, and their namespace
     * @param child options of a child of the component that grants
     */
    public static void register(
            String name,
            ObjectMetaArgs metadata,
            List<PolicyRuleArgs> rules,
            List<SubjectArgs> subjects,
            Supplier<CustomResourceOptions.Builder> child) {
        var role = new Role(
                name + "-role",
                RoleArgs.builder().metadata(metadata).rules(rules).build(),
                child.get().build());
        new RoleBinding(
                name + "-binding",
                RoleBindingArgs.builder()
                        .metadata(metadata)
                        .roleRef(RoleRefArgs.builder()
                                .apiGroup(API_GROUP)
                                .kind("Role")
                                .name(ObjectNames.of(role.metadata()))
                                .build())
                        .subjects(subjects)
                        .build(),
                child.get().build());
    }
}
