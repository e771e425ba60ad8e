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
 * What the nodes themselves run as, instead of the project's default account, which may edit everything. It writes logs
 * and metrics; these are the only grants on the project, because Google takes them nowhere else.
 */
public final class NodeIdentity extends ComponentResource {
    /** https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#use_least_privilege_sa */
    static final List<String> ROLES = List.of(
            "logging.logWriter", "monitoring.metricWriter", "monitoring.viewer", "stackdriver.resourceMetadata.writer");

    private static final String TYPE = "buildkite-fleet:gcp:NodeIdentity";

    private final Identity identity;

    public NodeIdentity(String name, NodeIdentityArgs args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        identity = new Identity(
                name + "-identity",
                new IdentityArgs(args.project(), args.account(), "Buildkite fleet: nodes", List.of()),
                ComponentResourceOptions.builder().parent(this).build());
        for (var role : ROLES) {
            new IAMMember(
                    name + "-" + role.replace('.', '-'),
                    IAMMemberArgs.builder()
                            .project(args.policyProject())
                            .role("roles/" + role)
                            .member(identity.member())
                            .build(),
                    CustomResourceOptions.builder().parent(this).build());
        }
        registerOutputs(Map.of("email", email()));
    }

    public Output<String> email() {
        return identity.email();
    }

    public Output<String> member() {
        return identity.member();
    }
}
