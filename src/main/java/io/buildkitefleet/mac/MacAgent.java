package io.buildkitefleet.mac;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Mac;
import io.buildkitefleet.fleet.identity.JobTokens;
import io.buildkitefleet.gcp.Identity;
import io.buildkitefleet.gcp.IdentityPool;
import io.buildkitefleet.gcp.TokenProvider;
import java.util.List;
import java.util.Map;

/**
 * The identity of the mac agent, which its jobs have while they run, each by a token of its own: nothing on the mac
 * opens anything in Google Cloud. What it may reach, its prefix of the artifact store, is granted by who holds it.
 */
public final class MacAgent extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:mac:MacAgent";

    /**
     * What a mac agent is made of.
     *
     * @param accountProject the project, once it has service accounts
     * @param tokenProject the project, once it exchanges tokens
     */
    public record Args(Output<String> accountProject, Output<String> tokenProject, IdentityPool pool, Mac mac) {}

    private final Identity identity;
    private final TokenProvider tokens;

    public MacAgent(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        tokens = new TokenProvider(
                name + "-tokens",
                new TokenProvider.Args(
                        args.tokenProject(), args.pool(), args.mac().tokens()),
                component());
        identity = new Identity(
                name + "-identity",
                new Identity.Args(
                        args.accountProject(),
                        args.mac().account(),
                        "Buildkite fleet: queue " + args.mac().queue(),
                        List.of(new Identity.User.Jobs("jobs", tokens))),
                component());
        registerOutputs(Map.of("email", email()));
    }

    public Output<String> email() {
        return identity.email();
    }

    /** How IAM policies name it. */
    public Output<String> member() {
        return identity.member();
    }

    /** What the hooks on the mac are told of it. */
    public Output<String> settings() {
        return Output.tuple(tokens.audience(), email()).applyValue(known -> JobTokens.settings(known.t1, known.t2));
    }
}
