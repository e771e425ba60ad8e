package io.buildkitefleet.rules.google;

import io.buildkitefleet.fleet.identity.JobTokens;
import io.buildkitefleet.fleet.identity.WorkflowTokens;
import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.Grants;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may act as a service account, as IAM names them: pods of one Kubernetes service account, and jobs of one queue or
 * of one repository: https://cloud.google.com/iam/docs/principal-identifiers
 */
final class Workloads {
    /** https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity */
    static final String ANNOTATION = "iam.gke.io/gcp-service-account";

    private static final Pattern PODS = Pattern.compile(
            "serviceAccount:(?<pool>[^\\[\\]]+\\.svc\\.id\\.goog)\\[(?<namespace>[^/]+)/(?<name>[^/]+)]");

    private static final Pattern JOBS = Pattern.compile(
            "principalSet://iam\\.googleapis\\.com/projects/\\d+/locations/global/workloadIdentityPools/"
                    + "(?<pool>[a-z0-9-]+)/attribute\\.(?:" + JobTokens.QUEUE + "|" + WorkflowTokens.REPOSITORY
                    + ")/[^/*]+");

    private Workloads() {}

    /** Why a member is no workload of this plan that acts as the account of the grant. */
    static Optional<String> strange(PlannedStack stack, Subject grant, String member) {
        var pods = PODS.matcher(member);
        if (pods.matches()) {
            return isPoolOfCluster(stack, pods.group("pool"))
                    ? strangePods(stack, grant, pods.group("namespace"), pods.group("name"))
                    : Optional.of("it is of another project than the plan's cluster");
        }
        var jobs = JOBS.matcher(member);
        if (!jobs.matches()) {
            return Optional.of("it is no workload");
        }
        return Subject.flawIf(!isPoolOfJobs(stack, grant, jobs.group("pool")), "its pool is none of the plan's");
    }

    /** Of a cluster that names no pool, {@code cluster-workload-identity} speaks. */
    private static boolean isPoolOfCluster(PlannedStack stack, String pool) {
        var pools = stack.ofType(GoogleType.CLUSTER).stream()
                .map(cluster -> cluster.at("workloadIdentityConfig.workloadPool"))
                .filter(InputValue::exists)
                .toList();
        return pools.isEmpty() || pools.stream().anyMatch(own -> own.is(pool) || own.isUnknown());
    }

    /** Both sides name each other: the annotation is what makes pods of the Kubernetes account ask for this one. */
    private static Optional<String> strangePods(PlannedStack stack, Subject grant, String namespace, String name) {
        var account = stack.ofType(KubernetesType.SERVICE_ACCOUNT).stream()
                .filter(candidate -> candidate.at("metadata.namespace").is(namespace)
                        && candidate.at("metadata.name").is(name))
                .findFirst();
        if (account.isEmpty()) {
            return Optional.of("the plan has no such account in the cluster");
        }
        var annotations = account.get().at("metadata.annotations");
        var annotation = annotations.key(ANNOTATION);
        annotations.need();
        annotation.need();
        var isOwn = annotations.isUnknown()
                || annotation.isUnknown()
                || account(stack, grant).map(annotation::is).orElse(stack.isPulumis());
        return Subject.flawIf(!isOwn, "the annotation of that account in the cluster names another or none");
    }

    /** The address of the account that the grant is on; Pulumi's own plan may not say it before it is made. */
    private static Optional<String> account(PlannedStack stack, Subject grant) {
        var id = grant.at("serviceAccountId");
        if (id.exists() && !id.isUnknown()) {
            return Optional.of(id.text().substring(id.text().lastIndexOf('/') + 1));
        }
        var urns = grant.resource().propertyDependencies().getOrDefault("serviceAccountId", List.of());
        return stack.ofType(GoogleType.ACCOUNT).stream()
                .filter(account -> urns.contains(account.resource().urn()))
                .map(Grants::address)
                .findFirst();
    }

    /**
     * The number of the project tells nothing, because a plan does not have it; so the pool has to be where it is from.
     */
    private static boolean isPoolOfJobs(PlannedStack stack, Subject grant, String pool) {
        return Grants.isMemberOf(stack, grant, GoogleType.IDENTITY_POOL)
                && stack.ofType(GoogleType.IDENTITY_POOL).stream()
                        .anyMatch(own -> own.at("workloadIdentityPoolId").is(pool));
    }
}
