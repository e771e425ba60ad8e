package io.buildkitefleet.rules.google;

import static io.buildkitefleet.rules.plan.Subject.flawIf;
import static io.buildkitefleet.rules.rule.Severity.HIGH;

import io.buildkitefleet.fleet.identity.JobTokens;
import io.buildkitefleet.fleet.identity.WorkflowTokens;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Check;
import io.buildkitefleet.rules.rule.Outcome;
import io.buildkitefleet.rules.rule.Rule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Who acts as a service account, and which tokens from outside make somebody that. */
public final class FederationRules {
    private static final String ROLE = "roles/iam.workloadIdentityUser";

    /** What a provider takes beside the tokens of an issuer who publishes the keys. */
    private static final List<String> OTHER_TOKENS = List.of("aws", "saml", "x509", "oidc.jwksJson");

    private static final String TERM = "assertion\\.(?:CLAIM) (?:== '[^']+'|in \\['[^]]+'])";

    private static final String EVENT = "event_name";

    /** The ones of which the workflow is that of the commit; pull_request_target is none. */
    private static final Pattern TAKEN_EVENT =
            Pattern.compile("(?:^| )assertion\\.event_name == '(?:push|pull_request)'(?: |$)");

    /**
     * Tokens that a provider may take.
     *
     * @param claims those of which a condition has to be, each perhaps of several
     */
    private record Kind(String issuer, Map<String, String> attributes, List<String> claims) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    JobTokens.ISSUER,
                    JobTokens.attributes(),
                    List.of("organization_id", "queue_key", "pipeline_slug|pipeline_id")),
            new Kind(
                    WorkflowTokens.ISSUER,
                    WorkflowTokens.attributes(),
                    List.of("repository_id", "repository_owner_id", EVENT, "ref|base_ref")));

    private FederationRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("iam-impersonation", HIGH, "Nobody but its own workload acts as a service account")
                        .why(
                                "a person's login lasts, and works from wherever it was copied to; a pod of others is a stranger")
                        .mend(
                                "grant roles/iam.workloadIdentityUser to the pods whose account in the cluster names it, or to jobs of one queue or one repository")
                        .check(stack -> Check.each(
                                        found -> Grants.on(found, "grant on a service account", "serviceaccount/"),
                                        grant -> actsAs(stack, grant))
                                .of(stack)),
                Rule.named(
                                "iam-job-tokens",
                                HIGH,
                                "Only tokens of the pipelines on one queue, or of the one repository, that the configuration names are taken")
                        .why(
                                "Buildkite and GitHub issue tokens to everybody that there is, and another issuer to whom it likes")
                        .mend(
                                "take tokens of Buildkite with a condition on organization_id, queue_key and pipeline_slug or pipeline_id, or of GitHub with one on repository_id, repository_owner_id, ref or base_ref, and event_name, which must be push or pull_request")
                        .check(FederationRules::tokens));
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

    private static Outcome tokens(PlannedStack stack) {
        var looked = Check.each(GoogleType.TOKEN_PROVIDER, provider -> weak(provider)
                        .or(() -> stack.fleet().flatMap(fleet -> others(fleet, provider))))
                .of(stack);
        return looked instanceof Outcome.Looked found
                        && found.flaws().isEmpty()
                        && stack.fleet().isEmpty()
                ? new Outcome.NotChecked(Outcome.NotChecked.NOT_OUR_PLAN)
                : looked;
    }

    /** What a provider takes beside the tokens that the configuration means. */
    private static Optional<String> others(FleetSummary fleet, Subject provider) {
        // A plan of an older version says neither.
        if (fleet.tokens().isEmpty() && fleet.admission().isEmpty()) {
            return Optional.empty();
        }
        var pool = provider.at("workloadIdentityPoolId");
        var meant = fleet.tokens().entrySet().stream()
                .filter(conditions -> pool.isUnknown() || pool.is(conditions.getKey()))
                .map(conditions -> conditions
                        .getValue()
                        .get(provider.at("workloadIdentityPoolProviderId").text()))
                .filter(Objects::nonNull)
                .toList();
        if (meant.isEmpty()) {
            return Optional.of("takes tokens for a pool or by a name that the configuration does not have");
        }
        var condition = provider.at("attributeCondition");
        return flawIf(
                !meant.contains(condition.text()),
                "takes tokens if " + condition.described() + ", where the configuration says " + meant.get(0));
    }

    private static Optional<String> weak(Subject provider) {
        var kind = KINDS.stream()
                .filter(known -> provider.at("oidc.issuerUri").is(known.issuer()))
                .findFirst();
        return otherTokens(provider)
                .or(() -> flawIf(
                        kind.isEmpty(),
                        "oidc.issuerUri is " + provider.at("oidc.issuerUri").described() + ", not "
                                + KINDS.stream().map(Kind::issuer).collect(Collectors.joining(" or "))))
                .or(() -> otherAttributes(kind.orElseThrow(), provider.at("attributeMapping")))
                .or(() -> weakCondition(kind.orElseThrow(), provider));
    }

    private static Optional<String> otherTokens(Subject provider) {
        if (!provider.at("oidc.allowedAudiences").items().isEmpty()) {
            return Optional.of("takes tokens that are for others, by oidc.allowedAudiences");
        }
        return OTHER_TOKENS.stream()
                .filter(kind -> provider.at(kind).exists())
                .findFirst()
                .map(kind -> "takes what " + kind + " names, and not an issuer's tokens alone");
    }

    /** Who may act as an account is told by these: with others, one queue's job could be another's. */
    private static Optional<String> otherAttributes(Kind kind, InputValue mapping) {
        return kind.attributes().entrySet().stream()
                .filter(wanted -> wanted.getKey().startsWith("attribute."))
                .filter(wanted -> !mapping.key(wanted.getKey()).is(wanted.getValue()))
                .findFirst()
                .map(wanted -> "attributeMapping." + wanted.getKey() + " is "
                        + mapping.key(wanted.getKey()).described() + ", not " + wanted.getValue());
    }

    private static Optional<String> weakCondition(Kind kind, Subject provider) {
        var condition = provider.at("attributeCondition");
        return kind.claims().stream()
                .filter(claim -> !demands(condition, claim))
                .findFirst()
                .map(claim -> "takes tokens whatever their " + claim.replace("|", " or ")
                        + " is, or by a condition that is more than terms with && between them")
                .or(() -> flawIf(
                        kind.claims().contains(EVENT)
                                && !TAKEN_EVENT.matcher(condition.text()).find(),
                        "takes tokens of other events than push and pull_request, which run what anybody wrote"));
    }

    /** Whether all of the condition's terms have to hold, of which one is on the claim. */
    private static boolean demands(InputValue condition, String claim) {
        var terms = List.of(condition.text().split(" && "));
        return terms.stream().allMatch(term -> term.equals(JobTokens.NO_FORK) || isOn(term, "[a-z_]+"))
                && terms.stream().anyMatch(term -> isOn(term, claim));
    }

    private static boolean isOn(String term, String claim) {
        var one = TERM.replace("CLAIM", claim);
        return term.matches(one + "|\\(" + one + "(?: \\|\\| " + one + ")*\\)");
    }
}
