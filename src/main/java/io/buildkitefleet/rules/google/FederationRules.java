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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who acts as a service account, and which tokens from outside make somebody that. */
public final class FederationRules {
    private static final String ROLE = "roles/iam.workloadIdentityUser";

    /**
     * Pods of one Kubernetes service account, and jobs of one queue:
     * https://cloud.google.com/iam/docs/principal-identifiers
     */
    private static final Pattern WORKLOAD = Pattern.compile("serviceAccount:[^\\[\\]]+\\.svc\\.id\\.goog\\[[^/]+/[^/]+]"
            + "|principalSet://iam\\.googleapis\\.com/projects/\\d+/locations/global/workloadIdentityPools/[a-z0-9-]+"
            + "/attribute\\." + JobTokens.QUEUE + "/[^/*]+");

    private static final String TERM = "assertion\\.(?:CLAIM) (?:== '[^']+'|in \\['[^]]+'])";

    private FederationRules() {}

    public static List<Rule> rules() {
        return List.of(
                Rule.named("iam-impersonation", HIGH, "Nobody but a workload acts as a service account")
                        .why("a person's login lasts, and works from wherever it was copied to")
                        .mend("grant roles/iam.workloadIdentityUser to pods of one account, or to jobs of one queue")
                        .check(Check.each(
                                stack -> Grants.on(stack, "grant on a service account", "serviceaccount/"),
                                FederationRules::actsAs)),
                Rule.named(
                                "iam-job-tokens",
                                HIGH,
                                "Buildkite's tokens are taken of named pipelines of the organization, on one queue")
                        .why("Buildkite issues tokens to every organization that there is")
                        .mend("set a condition on organization_id, queue_key and pipeline_slug or pipeline_id")
                        .check(Check.each(FederationRules::providers, FederationRules::weakCondition)));
    }

    private static Optional<String> actsAs(Subject grant) {
        return Grants.given(grant)
                .filter(given -> !given.isToEverybody())
                .flatMap(given -> actsAs(grant, given).stream())
                .findFirst();
    }

    private static Optional<String> actsAs(Subject grant, Grants.Given given) {
        if (!given.role().equals(ROLE)) {
            return Optional.of("grants " + given.role() + " to " + given.member());
        }
        if (given.isToUnknown()) {
            // A pool that is still to be made has no name yet, because the project's number is in it.
            return flawIf(
                    !Grants.isMemberOf(grant, GoogleType.IDENTITY_POOL),
                    "lets somebody act as it who is known after up");
        }
        return flawIf(!WORKLOAD.matcher(given.member()).matches(), "lets " + given.member() + " act as it");
    }

    private static List<Subject> providers(PlannedStack stack) {
        return stack.ofType(GoogleType.TOKEN_PROVIDER).stream()
                .filter(provider -> provider.at("oidc.issuerUri").is(JobTokens.ISSUER))
                .toList();
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
