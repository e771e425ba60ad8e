package io.buildkitefleet.rules.whole;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Flaw;
import java.util.List;

/** Whether somebody may act as each account of the plan: nodes, or who is granted it. */
final class Actors {
    private static final String ACCOUNT_ID = "serviceAccountId";

    private Actors() {}

    static List<Flaw> missing(PlannedStack stack) {
        var nodes = stack.ofType(GoogleType.NODE_POOL).stream()
                .map(Nodes::memberOfPool)
                .toList();
        return stack.ofType(GoogleType.ACCOUNT).stream()
                .filter(account -> !nodes.contains("serviceAccount:" + Grants.address(account)))
                // To whom it is granted, and what, iam-impersonation judges.
                .filter(account ->
                        stack.ofType(GoogleType.ACCOUNT_MEMBER).stream().noneMatch(grant -> isOn(grant, account)))
                .map(account -> new Flaw(account.resource(), "nobody in the plan may act as it"))
                .toList();
    }

    /**
     * Of an account that is yet to be made, only the dependencies say which it is; Pulumi's plan may leave them out.
     */
    private static boolean isOn(Subject grant, Subject account) {
        var named = grant.at(ACCOUNT_ID);
        if (!named.isUnknown()) {
            return named.text().endsWith("/" + Grants.address(account));
        }
        var origins = grant.resource().propertyDependencies().getOrDefault(ACCOUNT_ID, List.of());
        return origins.isEmpty() || origins.contains(account.resource().urn());
    }
}
