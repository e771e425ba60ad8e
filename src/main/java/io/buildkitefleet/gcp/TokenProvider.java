package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.iam.WorkloadIdentityPoolProvider;
import com.pulumi.gcp.iam.WorkloadIdentityPoolProviderArgs;
import com.pulumi.gcp.iam.inputs.WorkloadIdentityPoolProviderOidcArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.identity.FederatedTokens;
import java.util.Map;

/**
 * Takes the tokens that an issuer gives some jobs, and no other: each is for this provider alone, because its audience
 * is the default one, the provider's own name.
 */
public final class TokenProvider extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:gcp:TokenProvider";

    /**
     * What a provider is made of.
     *
     * @param project the project, once it exchanges tokens
     */
    public record Args(Output<String> project, IdentityPool pool, FederatedTokens tokens) {}

    private final Output<String> members;
    private final Output<String> fullName;
    private final Output<String> audience;

    public TokenProvider(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        var tokens = args.tokens();
        var provider = new WorkloadIdentityPoolProvider(
                name + "-provider",
                WorkloadIdentityPoolProviderArgs.builder()
                        .project(args.project())
                        .workloadIdentityPoolId(args.pool().id())
                        .workloadIdentityPoolProviderId(tokens.provider())
                        .description(tokens.owner())
                        .attributeMapping(tokens.mapping())
                        .attributeCondition(tokens.condition())
                        .oidc(WorkloadIdentityPoolProviderOidcArgs.builder()
                                .issuerUri(tokens.issuer())
                                .build())
                        .build(),
                child().build());
        members = args.pool().membersOf(tokens);
        fullName = provider.name();
        audience = Output.format("//iam.googleapis.com/%s", fullName);
        registerOutputs(Map.of("audience", audience));
    }

    /** The jobs as IAM policies name them. */
    public Output<String> members() {
        return members;
    }

    /** The provider's own name, with the number of the project in it. */
    public Output<String> fullName() {
        return fullName;
    }

    /** Whom a token has to be for. */
    public Output<String> audience() {
        return audience;
    }
}
