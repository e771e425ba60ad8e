package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.JobTokens;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who acts as a service account, and which tokens from outside make somebody that. */
public final class FederationRules {
    private static final String ROLE = "roles/iam.workloadIdentityUser";

    /** What a provider takes beside the tokens of an issuer who publishes the keys. */
    private static final List<String> OTHER_TOKENS = List.of("aws", "saml", "x509", "oidc.jwksJson");

    private static final String TERM = "assertion\\.(?:CLAIM) (?:== '[^']+'|in \\['[^]]+'])";

    private FederationRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("iam-impersonation", HIGH, "Nobody but its own workload acts as a service account")
                        .why(
                                "a person's login lasts, and works from wherever it was copied to; a pod of others is a stranger")
                        .mend(
                                "grant roles/iam.workloadIdentityUser to the pods whose account in the cluster names it, or to jobs of one queue")
                        .check(stack -> Check.each(
                                        found -> Grants.on(found, "grant on a service account", "serviceaccount/"),
                                        grant -> actsAs(stack, grant))
                                .of(stack)),
                Rule.named(
                                "iam-job-tokens",
                                HIGH,
                                "Only Buildkite's tokens are taken, of named pipelines of the organization, on one queue")
                        .why(
                                "Buildkite issues tokens to every organization that there is, and another issuer to whom it likes")
                        .mend(
                                "take tokens of Buildkite's issuer, with a condition on organization_id, queue_key and pipeline_slug or pipeline_id")
                        .check(Check.each(GoogleType.TOKEN_PROVIDER, FederationRules::weak)));
    }

    private static Optional<String> actsAs(PlannedStack stack, Subject grant) {
        return Grants.given(grant)
                .filter(given -> !given.isToEverybody())
                .flatMap(given -> actsAs(stack, grant, given).stream())
                .findFirst();
    }

    private static Optional<String> actsAs(PlannedStack stack, Subject grant, Grants.Given given) {
        if (!given.role().equals(ROLE)) {
            return Optional.of("grants " + given.role() + " to " + given.member());
        }
        if (given.isToUnknown()) {
            // A pool that is still to be made has no name yet, because the project's number is in it.
            return flawIf(
                    !Grants.isMemberOf(stack, grant, GoogleType.IDENTITY_POOL),
                    "lets somebody act as it who is known after up");
        }
        return Workloads.strange(stack, grant, given.member())
                .map(why -> "lets " + given.member() + " act as it: " + why);
    }

    private static Optional<String> weak(Subject provider) {
        return otherIssuer(provider)
                .or(() -> otherAttributes(provider.at("attributeMapping")))
                .or(() -> weakCondition(provider));
    }

    private static Optional<String> otherIssuer(Subject provider) {
        var other = OTHER_TOKENS.stream()
                .filter(kind -> provider.at(kind).exists())
                .findFirst()
                .map(kind -> "takes what " + kind + " names, and not Buildkite's tokens alone");
        var issuer = provider.at("oidc.issuerUri");
        return other.or(() -> flawIf(
                !issuer.is(JobTokens.ISSUER), "oidc.issuerUri is " + issuer.described() + ", not " + JobTokens.ISSUER));
    }

    /** Who may act as an account is told by these: with others, one queue's job could be another's. */
    private static Optional<String> otherAttributes(InputValue mapping) {
        return JobTokens.attributes().entrySet().stream()
                .filter(wanted -> wanted.getKey().startsWith("attribute."))
                .filter(wanted -> !mapping.key(wanted.getKey()).is(wanted.getValue()))
                .findFirst()
                .map(wanted -> "attributeMapping." + wanted.getKey() + " is "
                        + mapping.key(wanted.getKey()).described() + ", not " + wanted.getValue());
    }

    private static Optional<String> weakCondition(Subject provider) {
        var condition = provider.at("attributeCondition");
        return Stream.of("organization_id", "queue_key", "pipeline_slug|pipeline_id")
                .filter(claim -> !demands(condition, claim))
                .findFirst()
                .map(claim -> "takes tokens whatever their " + claim.replace("|", " or ")
                        + " is, or by a condition that is more than terms with && between them");
    }

    /** Whether all of the condition's terms have to hold, of which one is on the claim. */
    private static boolean demands(InputValue condition, String claim) {
        var terms = List.of(condition.text().split(" && "));
        return terms.stream().allMatch(term -> isOn(term, "[a-z_]+"))
                && terms.stream().anyMatch(term -> isOn(term, claim));
    }

    private static boolean isOn(String term, String claim) {
        var one = TERM.replace("CLAIM", claim);
        return term.matches(one + "|\\(" + one + "(?: \\|\\| " + one + ")*\\)");
    }
}
