package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is made of a namespace that jobs deploy into. */
@ExtendWith(PreviewedStacks.Extension.class)
class DeployNamespacePlanTest {
    private static final String METADATA_SERVER = "169.254.169.254/32";

    @Test
    void itsPodsRunOnThePoolOfTheQueueThatDeploysUnlessAnotherIsNamed(PreviewedStacks previews) {
        assertThat(pool(previews.prod(), "previews")).isEqualTo("stable");
        assertThat(pool(previews.full(), "previews")).isEqualTo("gpu");
    }

    @Test
    void itsQuotaIsTheNodesThatItMayFillAndNothingThatIsBilledBeside(PreviewedStacks previews) {
        var bounds = previews.prod().fleet().namespaces().get(0);
        assertThat(bounds.nodes()).isOne();
        var hard = Inputs.at(find(previews.prod(), "ResourceQuota", "deploy-previews-quota"), "spec", "hard")
                .orElseThrow()
                .getAsJsonObject();
        assertThat(hard.asMap().entrySet())
                .extracting(bound -> bound.getKey() + "=" + bound.getValue().getAsString())
                .contains(
                        "requests.cpu=" + bounds.pool().forJobs().cpu(),
                        "requests.memory=" + bounds.pool().forJobs().memory(),
                        "requests.storage=50Gi",
                        "requests.nvidia.com/gpu=0",
                        "services.loadbalancers=0",
                        "services.nodeports=0",
                        "count/ingresses.networking.k8s.io=0");
    }

    @Test
    void whatIsAskedForIsInTheQuota(PreviewedStacks previews) {
        var apps = find(previews.full(), "ResourceQuota", "deploy-apps-quota");
        assertThat(Inputs.text(apps, "spec", "hard", "services.loadbalancers")).isEqualTo("1");
        assertThat(Inputs.text(apps, "spec", "hard", "requests.storage")).isEqualTo("200Gi");
        assertThat(Inputs.at(apps, "spec", "hard", "services.nodeports")).isEmpty();
        var previewsQuota = find(previews.full(), "ResourceQuota", "deploy-previews-quota");
        assertThat(Inputs.text(previewsQuota, "spec", "hard", "requests.nvidia.com/gpu"))
                .isEqualTo("1");
    }

    @Test
    void onlyWithAnIdentityItsPodsReachTheServerThatHandsThemOut(PreviewedStacks previews) {
        assertThat(tokens(previews.full(), "apps")).isTrue();
        assertThat(tokens(previews.full(), "previews")).isFalse();
        assertThat(tokens(previews.prod(), "previews")).isFalse();
    }

    @Test
    void nothingIsThereBeforeThePoliciesHold(PreviewedStacks previews) {
        var plan = previews.full().plan();
        assertThat(plan.find("kubernetes:core/v1:Namespace", "deploy-apps-namespace")
                        .orElseThrow()
                        .dependencies())
                .anyMatch(urn -> urn.endsWith("::workloads-deploy-pods-binding"))
                .anyMatch(urn -> urn.endsWith("::workloads-deploy-network-binding"));
    }

    @Test
    void aStackWithoutSuchNamespacesHasNoPolicyForThem(PreviewedStacks previews) {
        assertThat(previews.dev().plan().registrations())
                .noneMatch(registration -> registration.name().startsWith("workloads"));
    }

    private static String pool(StackPreview stack, String namespace) {
        return Inputs.text(
                find(stack, "Namespace", "deploy-" + namespace + "-namespace"), "metadata", "labels", Pool.LABEL);
    }

    /** Whether its policy opens more there than the port of DNS. */
    private static boolean tokens(StackPreview stack, String namespace) {
        var policy = stack.plan()
                .find("kubernetes:networking.k8s.io/v1:NetworkPolicy", "deploy-" + namespace + "-network")
                .orElseThrow();
        return Inputs.items(policy.inputs(), "spec", "egress").stream()
                .map(JsonElement::toString)
                .anyMatch(rule -> rule.contains(METADATA_SERVER) && rule.contains("\"port\":80"));
    }

    private static Registration find(StackPreview stack, String kind, String name) {
        return stack.plan().find("kubernetes:core/v1:" + kind, name).orElseThrow();
    }
}
