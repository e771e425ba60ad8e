package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.projects.IAMMember;
import com.pulumi.gcp.projects.IAMMemberArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.identity.ProjectRoles;
import java.util.List;
import java.util.Map;

/**
 * What nodes themselves run as, instead of the project's default account, which may edit everything. What a job's step
 * names as its image is pulled as this account, so nodes whose jobs are untrusted have one of their own, which reads no
 * image of the fleet's. It may write logs and metrics and, where nodes stream images, use the service that streams
 * them; these are the only grants on the project, because Google takes them nowhere else.
 */
public final class NodeIdentity extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:NodeIdentity";

    /**
     * What the nodes' identity is made of.
     *
     * @param project the project, once IAM is on
     * @param policyProject the project, once its own policy can be changed
     * @param account the id of the service account
     * @param purpose what it is for, in words
     * @param streamsImages whether any of the nodes starts containers before their images have arrived whole
     */
    public record Args(
            Output<String> project,
            Output<String> policyProject,
            String account,
            String purpose,
            boolean streamsImages) {
        /** For nodes of these pools. */
        public static Args of(
                Output<String> project,
                Output<String> policyProject,
                String account,
                String purpose,
                List<Pool> pools) {
            return new Args(
                    project, policyProject, account, purpose, pools.stream().anyMatch(Pool::imageStreaming));
        }
    }

    private final Identity identity;

    public NodeIdentity(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        identity = new Identity(
                name + "-identity",
                new Identity.Args(args.project(), args.account(), args.purpose(), List.of()),
                component());
        grant(name + "-role", ProjectRoles.NODES, args);
        if (args.streamsImages()) {
            grant(name + "-streaming-role", ProjectRoles.STREAMING, args);
        }
        registerOutputs(Map.of("email", email()));
    }

    private void grant(String name, String role, Args args) {
        new IAMMember(
                name,
                IAMMemberArgs.builder()
                        .project(args.policyProject())
                        .role(role)
                        .member(identity.member())
                        .build(),
                child().build());
    }

    public Output<String> email() {
        return identity.email();
    }

    public Output<String> member() {
        return identity.member();
    }
}
