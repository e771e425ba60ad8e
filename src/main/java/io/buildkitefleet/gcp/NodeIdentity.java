package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.projects.IAMMember;
import com.pulumi.gcp.projects.IAMMemberArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.List;
import java.util.Map;

/**
 * What the nodes themselves run as, instead of the project's default account, which may edit everything. Its one role
 * lets it write logs and metrics; this is the only grant on the project, because Google takes it nowhere else.
 */
public final class NodeIdentity extends ComponentResource {
    /** https://docs.cloud.google.com/kubernetes-engine/security/configure-node-service-accounts */
    private static final String ROLE = "roles/container.defaultNodeServiceAccount";

    private static final String TYPE = "buildkite-fleet:gcp:NodeIdentity";

    private final Identity identity;

    public NodeIdentity(String name, NodeIdentityArgs args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        identity = new Identity(
                name + "-identity",
                new IdentityArgs(args.project(), args.account(), "Buildkite fleet: nodes", List.of()),
                ComponentResourceOptions.builder().parent(this).build());
        new IAMMember(
                name + "-role",
                IAMMemberArgs.builder()
                        .project(args.policyProject())
                        .role(ROLE)
                        .member(identity.member())
                        .build(),
                CustomResourceOptions.builder().parent(this).build());
        registerOutputs(Map.of("email", email()));
    }

    public Output<String> email() {
        return identity.email();
    }

    public Output<String> member() {
        return identity.member();
    }
}
