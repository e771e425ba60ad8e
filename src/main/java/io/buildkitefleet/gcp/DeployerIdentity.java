package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import com.pulumi.gcp.projects.IAMCustomRole;
import com.pulumi.gcp.projects.IAMCustomRoleArgs;
import com.pulumi.gcp.projects.IAMMember;
import com.pulumi.gcp.projects.IAMMemberArgs;
import com.pulumi.gcp.projects.inputs.IAMMemberConditionArgs;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.component.FleetComponent;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.identity.Deployer;
import io.buildkitefleet.fleet.identity.FederatedTokens;
import io.buildkitefleet.fleet.identity.JobTokens;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who deploys the stack from pipelines: a service account without keys, the roles that it has on the project, and whose
 * tokens make somebody that. Nothing here may be changed by the deployer itself.
 */
public final class DeployerIdentity extends FleetComponent {
    private static final String BUILDKITE = "buildkite";

    private static final String TYPE = "buildkite-fleet:gcp:DeployerIdentity";

    /**
     * What a deployer is made of.
     *
     * @param project the project, once IAM is on
     * @param policyProject the project, once its own policy can be changed
     * @param tokenProject the project, once it exchanges tokens
     */
    public record Args(
            Output<String> project, Output<String> policyProject, Output<String> tokenProject, Deployer deployer) {}

    private final Args args;
    private final Identity identity;
    private final Map<String, TokenProvider> providers = new TreeMap<>();

    public DeployerIdentity(String name, Args args, ComponentResourceOptions options) {
        super(TYPE, name, options);
        this.args = args;
        var deployer = args.deployer();
        var pool = new IdentityPool(
                name + "-tokens",
                new IdentityPool.Args(
                        args.project(),
                        deployer.pool(),
                        "Buildkite fleet: " + Spelling.of(deployer.role()),
                        "Pipelines that act as " + deployer.account() + ", by the tokens of their jobs"),
                component());
        deployer.tokens().forEach(tokens -> provider(name, pool, tokens));
        identity = identity(name);
        deployer.roles().forEach(role -> role(name, role));
        grant(name + "-cluster", deployer.clusterRole());
        registerOutputs(Map.of("email", identity.email()));
    }

    private void provider(String name, IdentityPool pool, FederatedTokens tokens) {
        var source = tokens instanceof JobTokens ? BUILDKITE : "github";
        providers.put(
                source,
                new TokenProvider(
                        name + "-" + source, new TokenProvider.Args(args.tokenProject(), pool, tokens), component()));
    }

    private Identity identity(String name) {
        var users = new ArrayList<Identity.User>();
        providers.forEach((source, provider) -> users.add(new Identity.User.Jobs(source, provider)));
        return new Identity(
                name + "-identity",
                new Identity.Args(
                        args.project(),
                        args.deployer().account(),
                        "Buildkite fleet: deploys, "
                                + Spelling.of(args.deployer().role()),
                        users),
                component());
    }

    private void role(String name, Deployer.Role wanted) {
        var role = new IAMCustomRole(
                name + "-" + wanted.name(),
                IAMCustomRoleArgs.builder()
                        .project(args.project())
                        .roleId(wanted.id())
                        .title(wanted.title())
                        .permissions(wanted.permissions())
                        .stage("GA")
                        .build(),
                child().build());
        var grant = member(Output.format("projects/%s/roles/%s", role.project(), role.roleId()));
        wanted.condition()
                .ifPresent(expression -> grant.condition(IAMMemberConditionArgs.builder()
                        .title("roles of nodes alone")
                        .expression(expression)
                        .build()));
        new IAMMember(name + "-" + wanted.name() + "-use", grant.build(), child().build());
    }

    private void grant(String name, String role) {
        new IAMMember(name, member(Output.of(role)).build(), child().build());
    }

    private IAMMemberArgs.Builder member(Output<String> role) {
        return IAMMemberArgs.builder().project(args.policyProject()).role(role).member(identity.member());
    }

    /**
     * What pipelines have to know of it, none of it secret: the account's address; at Buildkite, what the step's hooks
     * are told; at GitHub, the provider as its action for Google Cloud takes it.
     */
    public Map<String, Output<String>> settings() {
        var settings = new TreeMap<String, Output<String>>();
        settings.put("serviceAccount", identity.email());
        providers.forEach((source, provider) ->
                settings.put(source, source.equals(BUILDKITE) ? told(provider.audience()) : provider.fullName()));
        return settings;
    }

    private Output<String> told(Output<String> audience) {
        var branch = args.deployer().tokens().stream()
                .flatMap(tokens -> tokens instanceof JobTokens jobs ? Stream.of(jobs.branchSetting()) : Stream.empty())
                .collect(Collectors.joining());
        return Output.tuple(audience, identity.email())
                .applyValue(known -> JobTokens.settings(known.t1, known.t2) + branch);
    }
}
