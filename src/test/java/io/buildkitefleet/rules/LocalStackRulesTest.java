package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is no fault of a local stack, and what is one there too. */
@ExtendWith(PreviewedStacks.Extension.class)
class LocalStackRulesTest {
    private static final String CONTROLLER = "queue-local-namespace-controller";
    private static final String JOBS = "queue-local-namespace-jobs";
    private static final String RELEASE = "queue-local-release";
    private static final String PRIVATE = "[{\"to\": [{\"ipBlock\": {\"cidr\": \"10.0.0.0/8\"}}]}]";
    private static final String ANYTHING = "[{\"to\": [{\"ipBlock\": {\"cidr\": \"0.0.0.0/0\"}}]}]";

    @Test
    void whatHasSomethingInGoogleCloudIsHeldToPools(PreviewedStacks previews) {
        var plan = local(previews).and("gcp:storage/bucket:Bucket", "bucket", "{}");

        assertThat(broken(plan)).contains("controller-node", "pod-fits", "secret-store", "namespace-open-policy");
    }

    @Test
    void whoseProviderNamesNoContextIsHeldToPools(PreviewedStacks previews) {
        var plan = local(previews).without("kubernetes-provider", "context");

        assertThat(broken(plan)).contains("controller-node", "pod-fits");
    }

    @Test
    void itsJobsReachNoPrivateNetwork(PreviewedStacks previews) {
        assertThat(broken(local(previews).with(JOBS, PRIVATE, "spec", "egress")))
                .containsExactly("namespace-open-policy", "network-way-out");
    }

    @Test
    void itsControllerReachesPrivateNetworksAndNotTheMetadataServer(PreviewedStacks previews) {
        assertThat(broken(local(previews).with(CONTROLLER, PRIVATE, "spec", "egress")))
                .isEmpty();
        assertThat(broken(local(previews).with(CONTROLLER, ANYTHING, "spec", "egress")))
                .containsExactly("namespace-open-policy");
    }

    @Test
    void aControllerWithoutABoundOfJobsIsFoundThereToo(PreviewedStacks previews) {
        assertThat(broken(local(previews).with(RELEASE, "0", "values", "config", "max-in-flight")))
                .isNotEmpty();
    }

    private static EditedPlan local(PreviewedStacks previews) {
        var plan = StackPlan.of(previews.local());
        return new EditedPlan(plan.resources(), plan.fleet());
    }

    private static List<String> broken(EditedPlan plan) {
        return plan.assessed().open().stream()
                .map(finding -> finding.rule().id())
                .distinct()
                .toList();
    }
}
