package io.buildkitefleet.rules.whole;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.Nodes;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import io.buildkitefleet.rules.rule.Flaw;
import java.util.List;
import java.util.stream.Stream;

/** Whether somebody may act as each account of the plan: nodes, or who is granted it. */
final class Actors {
    private static final String ACTING = "roles/iam.workloadIdentityUser";

    private static final String ACCOUNT_ID = "serviceAccountId";

    /** https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity */
    private static final String ANNOTATION = "iam.gke.io/gcp-service-account";

    private Actors() {}

    static List<Flaw> missing(PlannedStack stack) {
        return Stream.concat(unused(stack), refused(stack)).toList();
    }

    private static Stream<Flaw> unused(PlannedStack stack) {
        var nodes = stack.ofType(GoogleType.NODE_POOL).stream()
                .map(Nodes::memberOfPool)
                .toList();
        return stack.ofType(GoogleType.ACCOUNT).stream()
                .filter(account -> !nodes.contains("serviceAccount:" + Grants.address(account)))
                .filter(account -> acting(stack).noneMatch(grant -> isOn(grant, account)))
                .map(account -> new Flaw(account.resource(), "nobody in the plan may act as it"));
    }

    /** Pods that are told to act as an account which does not let them. */
    private static Stream<Flaw> refused(PlannedStack stack) {
        return stack.ofType(KubernetesType.SERVICE_ACCOUNT).stream()
                .filter(pods -> stack.ofType(GoogleType.ACCOUNT).stream()
                        .filter(account -> annotation(pods).is(Grants.address(account)))
                        .anyMatch(account -> acting(stack)
                                .filter(grant -> isOn(grant, account))
                                .noneMatch(grant -> isTo(grant, pods))))
                .map(pods -> new Flaw(
                        pods.resource(), "may not act as " + annotation(pods).text() + ", which it names"));
    }

    private static InputValue annotation(Subject pods) {
        return pods.at("metadata.annotations").key(ANNOTATION);
    }

    private static Stream<Subject> acting(PlannedStack stack) {
        return stack.ofType(GoogleType.ACCOUNT_MEMBER).stream()
                .filter(grant -> grant.at("role").is(ACTING));
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

    private static boolean isTo(Subject grant, Subject pods) {
        var member = grant.at("member");
        return member.isUnknown()
                || member.text()
                        .endsWith("[" + pods.at("metadata.namespace").text() + "/"
                                + pods.at("metadata.name").text() + "]");
    }
}
