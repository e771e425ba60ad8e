package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** To whom what the fleet owns in Google Cloud is open. What is open to everybody is {@code iam-public}. */
public final class GrantRules {
    private static final String READER = "roles/secretmanager.secretAccessor";

    static final String SECRETS = "secretmanager/";

    static final String ACCOUNTS = "serviceaccount/";

    /** Accounts by which Google's own services act in a project: https://cloud.google.com/iam/docs/service-agents */
    private static final Pattern SERVICE_AGENT =
            Pattern.compile("serviceAccount:service-\\d+@[a-z0-9-]+\\.iam\\.gserviceaccount\\.com");

    private GrantRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("secret-readers", HIGH, "A secret is read by those whom the configuration gives it to")
                        .why(
                                "who reads an agent token or a deploy key is an agent, or has the code, for as long as it lasts")
                        .mend(
                                "name the secret in queues.NAME.secrets, or the person in mac.owners, and nobody beside them")
                        .check(GrantRules::secretReaders),
                Rule.named(
                                "iam-own-roles",
                                HIGH,
                                "An account of the fleet has the roles that the configuration gives it")
                        .why(
                                "jobs act as their queue's account, and a job that breaks out as its node's: what these may do beyond"
                                        + " their task, whoever writes a step may")
                        .mend(
                                "take the grant away; what a queue needs, its keys can, clusters, caches and variablesKey give it")
                        .check(OwnRoles::held),
                Rule.named("iam-strangers", HIGH, "What is the fleet's is open to its own accounts alone")
                        .why(
                                "who uses a key or reads a bucket from elsewhere does so unseen, and nothing here takes that back")
                        .mend("grant the role to a service account of the stack")
                        .check(stack -> {
                            var own = Grants.ownAccounts(stack);
                            return Check.each(GrantRules::owned, grant -> stranger(stack, own, grant))
                                    .of(stack);
                        }));
    }

    private static Outcome secretReaders(PlannedStack stack) {
        var grants = Grants.on(stack, "grant on a secret", SECRETS);
        if (grants.isEmpty()) {
            return new Outcome.NotApplicable(stack.nothing());
        }
        if (stack.fleet().isEmpty()) {
            return new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN);
        }
        var readers = stack.fleet().get().secretReaders();
        return readers.isEmpty()
                ? new Outcome.NotChecked(
                        "the plan is of an older version, which does not say who reads secrets; make it anew")
                : Check.each(unused -> grants, grant -> unasked(readers, grant)).of(stack);
    }

    private static Optional<String> unasked(Map<String, List<String>> readers, Subject grant) {
        var secret = grant.at("secretId").text().replaceFirst(".*/", "");
        var expected = readers.getOrDefault(secret, List.of());
        return Grants.given(grant)
                .filter(given -> !given.isToEverybody())
                .filter(given -> !given.role().equals(READER) || !expected.contains(given.member()))
                .findFirst()
                .map(given -> "grants " + given.role() + " on " + secret + " to " + given.member());
    }

    /** Other rules say who reads secrets, acts as an account, or has a role on a project. */
    private static List<Subject> owned(PlannedStack stack) {
        var wide = Grants.wide(stack);
        return Grants.all(stack).stream()
                .filter(grant -> !wide.contains(grant))
                .filter(grant -> !Grants.isOn(grant, SECRETS) && !Grants.isOn(grant, ACCOUNTS))
                .toList();
    }

    private static Optional<String> stranger(PlannedStack stack, Set<String> own, Subject grant) {
        return Grants.given(grant)
                .filter(given -> !given.isToEverybody())
                .filter(given -> !own.contains(given.member()) && !isOfTheProject(stack, grant, given))
                .filter(given -> !IamRules.isPush(grant, given))
                .findFirst()
                .map(given -> "grants " + given.role() + " to " + given.member());
    }

    /** A service agent of this project, or an account that is still to be made. */
    private static boolean isOfTheProject(PlannedStack stack, Subject grant, Grants.Given given) {
        var isNamed = SERVICE_AGENT.matcher(given.member()).matches();
        return (given.isToUnknown() || isNamed) && Grants.isMemberOf(stack, grant, GoogleType.SERVICE_IDENTITY)
                || given.isToUnknown() && Grants.isMemberOf(stack, grant, GoogleType.ACCOUNT);
    }
}
