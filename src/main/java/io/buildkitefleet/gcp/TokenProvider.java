package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.iam.WorkloadIdentityPoolProvider;
import com.pulumi.gcp.iam.WorkloadIdentityPoolProviderArgs;
import com.pulumi.gcp.iam.inputs.WorkloadIdentityPoolProviderOidcArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.JobTokens;
import io.buildkitefleet.fleet.ResourceNames;
import java.util.Map;

/**
 * Takes the tokens that Buildkite gives the jobs of one queue outside the cluster, and no other: each is for this
 * provider alone, because its audience is the default one, the provider's own name.
 */
public final class TokenProvider extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:TokenProvider";

    /**
     * What a provider is made of.
     *
     * @param project the project, once it exchanges tokens
     */
    public record Args(Output<String> project, IdentityPool pool, JobTokens tokens) {}

    private final Output<String> members;
    private final Output<String> audience;

    public TokenProvider(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var queue = args.tokens().queue();
        var provider = new WorkloadIdentityPoolProvider(
                name + "-provider",
                WorkloadIdentityPoolProviderArgs.builder()
                        .project(args.project())
                        .workloadIdentityPoolId(args.pool().id())
                        .workloadIdentityPoolProviderId(ResourceNames.tokenProvider(queue))
                        .description("Jobs of the queue " + queue)
                        .attributeMapping(JobTokens.attributes())
                        .attributeCondition(args.tokens().condition())
                        .oidc(WorkloadIdentityPoolProviderOidcArgs.builder()
                                .issuerUri(JobTokens.ISSUER)
                                .build())
                        .build(),
                child().build());
        members = args.pool().membersOf(queue);
        audience = Output.format("//iam.googleapis.com/%s", provider.name());
        registerOutputs(Map.of("audience", audience));
    }

    /** The jobs as IAM policies name them. */
    public Output<String> members() {
        return members;
    }

    /** Whom a token has to be for. */
    public Output<String> audience() {
        return audience;
    }
}
