package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.cloud.DeployerRole;
import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.config.DeployerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.value.Pipeline;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.fleet.identity.Deployer;
import io.buildkitefleet.fleet.identity.FederatedTokens;
import io.buildkitefleet.fleet.identity.JobTokens;
import io.buildkitefleet.fleet.identity.ProjectRoles;
import io.buildkitefleet.fleet.identity.WorkflowTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Makes the deployers that somebody acts as: the one that only looks first. */
final class DeployerResolver {
    private final FleetConfig config;
    private final DeployerConfig deployer;
    private final ResourceNames names;

    DeployerResolver(FleetConfig config, DeployerConfig deployer) {
        this.config = config;
        this.deployer = deployer;
        this.names = new ResourceNames(config);
    }

    List<Deployer> resolve() {
        return Stream.of(DeployerRole.values())
                .map(role -> new Deployer(
                        role, names.deployerAccount(role), names.deployerPool(role), tokens(role), roles(role)))
                .filter(found -> !found.tokens().isEmpty())
                .toList();
    }

    private List<Deployer.Role> roles(DeployerRole role) {
        var roles = new ArrayList<Deployer.Role>();
        roles.add(new Deployer.Role(
                "role",
                names.deployerRole(role),
                config.name() + ": " + (role == DeployerRole.UP ? "deploys the fleet" : "looks at the fleet"),
                Permission.ofDeployer(role),
                List.of()));
        if (role == DeployerRole.UP) {
            roles.add(new Deployer.Role(
                    "grants",
                    names.deployerGrants(),
                    config.name() + ": grants roles to nodes",
                    Permission.ofGrants(),
                    ProjectRoles.GRANTED));
        }
        return roles;
    }

    private List<FederatedTokens> tokens(DeployerRole role) {
        var tokens = new ArrayList<FederatedTokens>();
        deployer.buildkite().ifPresent(buildkite -> {
            if (role == DeployerRole.UP) {
                buildkite.up().ifPresent(jobs -> tokens.add(jobs(jobs, List.of(deployer.branch()), true)));
            } else {
                buildkite.preview().ifPresent(jobs -> tokens.add(jobs(jobs, List.of(), false)));
            }
        });
        deployer.github().ifPresent(github -> {
            if (role == DeployerRole.UP) {
                tokens.add(WorkflowTokens.ofBranch(
                        github.ownerId(), github.repositoryId(), deployer.branch(), github.environment()));
            } else if (github.previews()) {
                tokens.add(WorkflowTokens.ofPullRequests(github.ownerId(), github.repositoryId(), deployer.branch()));
            }
        });
        return tokens;
    }

    /** A branch that is named whole has no colon, so it keeps out forks by itself. */
    private JobTokens jobs(DeployerConfig.Jobs jobs, List<String> branches, boolean forks) {
        return new JobTokens(
                config.organizationId().orElse(""),
                jobs.cluster(),
                jobs.queue(),
                List.of(new Pipeline(jobs.pipeline())),
                branches,
                forks);
    }
}
