package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.cloud.DeployerRole;
import io.buildkitefleet.cloud.Permission;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.identity.Deployer;
import io.buildkitefleet.fleet.identity.ProjectRoles;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What roles of one's own let their holders do. */
public final class DeployerRules {
    private static final String SET_POLICY = "resourcemanager.projects.setIamPolicy";

    /**
     * What makes somebody another account at once, and stays when he is found:
     * https://cloud.google.com/iam/docs/service-account-permissions
     */
    private static final Set<String> BEING_OTHERS = Set.of(
            "iam.serviceAccountKeys.create",
            "iam.serviceAccounts.getAccessToken",
            "iam.serviceAccounts.getOpenIdToken",
            "iam.serviceAccounts.implicitDelegation",
            "iam.serviceAccounts.signBlob",
            "iam.serviceAccounts.signJwt",
            "resourcemanager.folders.setIamPolicy",
            "resourcemanager.organizations.setIamPolicy");

    /**
     * What raises whoever has it, or opens what others keep, as verbs or kinds of things: to say who may do what, to
     * act as others, to read secrets, to change what machines start with, to run builds as an account, to lift
     * policies.
     *
     * @see <a href="https://docs.cloud.google.com/iam/docs/roles-permissions">roles and permissions</a>
     */
    private static final Pattern RAISING =
            Pattern.compile(".*\\.(setIamPolicy|actAs|impersonate|escalate|bind|setMetadata)"
                    + "|container\\.(clusterRoles|clusterRoleBindings|roles|roleBindings)\\.(create|update|delete)"
                    + "|container\\.secrets\\..*"
                    + "|secretmanager\\.versions\\.access"
                    + "|cloudbuild\\.builds\\.create"
                    + "|orgpolicy\\.policy\\.set");

    private static final Pattern BOUND =
            Pattern.compile(Pattern.quote(Deployer.GRANTS_ONLY) + "\\[('[^']+'(?:, '[^']+')*)]\\)");

    /** What the URN of what makes a deployer has of its component. */
    private static final String COMPONENT = "buildkite-fleet:gcp:DeployerIdentity$";

    private DeployerRules() {}

    public static List<Rule> rules() {
        return List.of(Rule.named("iam-custom-roles", HIGH, "Whoever deploys cannot raise itself")
                .why("who can change roles, who may come in, or what the project grants, can become its owner")
                .mend(
                        "leave the permission to the project's owner, or bound what is granted by a condition on modifiedGrantsByRole")
                .check(stack -> Check.each(GoogleType.PROJECT_ROLE, role -> raising(stack, role))
                        .of(stack)));
    }

    private static Optional<String> raising(PlannedStack stack, Subject role) {
        var permissions = role.at("permissions");
        if (permissions.isUnknown()) {
            return Optional.of("its permissions are known after up");
        }
        return permissions.texts().stream()
                .flatMap(permission -> flaw(stack, role, permission).stream())
                .findFirst();
    }

    /** A deployer has what the fleet needs and no more; another role may be for anything that does not raise. */
    private static Optional<String> flaw(PlannedStack stack, Subject role, String permission) {
        if (permission.equals(SET_POLICY)) {
            return flawIf(
                    !isBound(stack, role), "has " + permission + ", and who has it may grant more than roles of nodes");
        }
        if (role.resource().urn().contains(COMPONENT)) {
            return flawIf(
                    !needed(role.resource().name()).contains(permission),
                    "has " + permission + ", which who deploys the fleet does not need for it");
        }
        return flawIf(
                Permission.isRaising(permission)
                        || BEING_OTHERS.contains(permission)
                        || RAISING.matcher(permission).matches(),
                "has " + permission);
    }

    /** What the role of a deployer has that is called so. */
    private static List<String> needed(String name) {
        if (name.endsWith("-grants")) {
            return Permission.ofGrants();
        }
        return Stream.of(DeployerRole.values())
                .filter(role -> name.contains("-" + Spelling.of(role) + "-"))
                .findFirst()
                .map(Permission::ofDeployer)
                .orElse(List.of());
    }

    /** Whether each grant of it says which roles its holder may grant. */
    private static boolean isBound(PlannedStack stack, Subject role) {
        return Grants.wide(stack).stream()
                .flatMap(Grants::given)
                .filter(given -> isRole(role, given.role()))
                .allMatch(given -> isBound(given.condition()));
    }

    private static boolean isBound(String condition) {
        var bound = BOUND.matcher(condition);
        return bound.matches()
                && List.of(bound.group(1).replace("'", "").split(", ")).stream()
                        .allMatch(ProjectRoles.GRANTED::contains);
    }

    private static boolean isRole(Subject role, String name) {
        return name.endsWith("/roles/" + role.at("roleId").text());
    }

    /**
     * Whether a grant is to a deployer, of a role of the plan, which {@code iam-custom-roles} judges, or in the
     * cluster.
     */
    static boolean isDeployers(PlannedStack stack, Subject grant) {
        var deployers = stack.ofType(GoogleType.ACCOUNT).stream()
                .filter(account -> account.resource().urn().contains(COMPONENT))
                .map(account -> "serviceAccount:" + Grants.address(account))
                .toList();
        var all = Grants.given(grant).toList();
        return !all.isEmpty()
                && all.stream()
                        .allMatch(given -> deployers.contains(given.member())
                                && (isOfThePlan(stack, given.role()) || isOfCluster(given.role())));
    }

    private static boolean isOfThePlan(PlannedStack stack, String name) {
        return stack.ofType(GoogleType.PROJECT_ROLE).stream().anyMatch(role -> isRole(role, name));
    }

    private static boolean isOfCluster(String role) {
        return role.equals(ProjectRoles.CLUSTER_ADMIN) || role.equals(ProjectRoles.CLUSTER_VIEWER);
    }
}
