package io.buildkitefleet.mac;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.fleet.Mac;
import io.buildkitefleet.gcp.Identity;
import java.util.Map;

/**
 * The identity of the mac agent, which its owners act as: no key file lies on the mac. What it may reach, its prefix of
 * the artifact store and the agent token, is granted by those who hold it.
 */
public final class MacAgent extends FleetComponent {
    private static final String TYPE = "buildkite-fleet:mac:MacAgent";

    /** What a mac agent is made of. */
    public record Args(Output<String> project, Mac mac) {}

    private final Identity identity;

    public MacAgent(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        identity = new Identity(
                name + "-identity",
                new Identity.Args(
                        args.project(),
                        args.mac().account(),
                        "Buildkite fleet: queue " + args.mac().queue(),
                        args.mac().owners().stream()
                                .<Identity.User>map(Identity.User.Member::new)
                                .toList()),
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
}
