package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.testing.PreviewedStacks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pulumi's own preview knows no names of namespaces that are still to be made. */
@ExtendWith(PreviewedStacks.Extension.class)
class NamespacesTest {
    private static final String UNKNOWN = "\"" + PropertyValues.UNKNOWN + "\"";

    @Test
    void anObjectIsInTheNamespaceThatItsComponentMade(PreviewedStacks previews) {
        var plan = SoundPlan.of(previews.full())
                .with("queue-big-namespace-deny-all", UNKNOWN, "metadata", "namespace")
                .with("queue-big-namespace-quota", UNKNOWN, "metadata", "namespace")
                .with("queue-big-release", UNKNOWN, "namespace");
        assertThat(plan.assessed().open()).isEmpty();
    }

    @Test
    void aSecretOfAnUntrustedQueueIsFoundAllTheSame(PreviewedStacks previews) {
        var plan = SoundPlan.of(previews.full())
                .with("queue-untrusted-release", UNKNOWN, "namespace")
                .with("queue-untrusted-token", UNKNOWN, "metadata", "namespace")
                .with("queue-untrusted-token", "\"npm\"", "metadata", "name");
        assertThat(plan.assessed().open())
                .extracting(finding -> finding.rule().id())
                .containsExactlyInAnyOrder("untrusted-secrets", "fleet-whole");
    }

    @Test
    void whereARoleThatOpensSecretsIsMustBeKnown(PreviewedStacks previews) {
        var plan =
                SoundPlan.of(previews.full()).with("queue-deploy-deploy-apps-role", UNKNOWN, "metadata", "namespace");
        assertThat(plan.assessed().open())
                .allMatch(Finding::isUnjudged)
                .extracting(Finding::detail)
                .contains(
                        "cannot be judged: the plan does not know yet in which namespace queue-deploy-deploy-apps-role is");
    }
}
