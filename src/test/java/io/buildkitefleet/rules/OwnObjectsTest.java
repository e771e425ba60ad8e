package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pulumi's own preview knows no names of objects that are still to be made. */
@ExtendWith(PreviewedStacks.Extension.class)
class OwnObjectsTest {
    private static final String UNKNOWN = "\"" + PropertyValues.UNKNOWN + "\"";

    private EditedPlan sound;

    @BeforeEach
    void soundPlan(PreviewedStacks previews) {
        sound = SoundPlan.of(previews.full());
    }

    @Test
    void anObjectIsInTheNamespaceThatItsComponentMade() {
        assertThat(open(sound.with("queue-big-namespace-deny-all", UNKNOWN, "metadata", "namespace")
                        .with("queue-big-namespace-quota", UNKNOWN, "metadata", "namespace")
                        .with("queue-big-release", UNKNOWN, "namespace")))
                .isEmpty();
    }

    @Test
    void anObjectIsInTheNamespaceAroundItsComponent() {
        assertThat(open(sound.with("queue-big-warm-volume", UNKNOWN, "spec", "claimRef", "namespace")
                        .with("cache-servers-bazel-deployment", UNKNOWN, "metadata", "namespace")
                        .with(
                                "cache-servers-bazel-deployment",
                                UNKNOWN,
                                "spec",
                                "template",
                                "spec",
                                "serviceAccountName")))
                .isEmpty();
    }

    @Test
    void aSecretOfAnUntrustedQueueIsFoundAllTheSame() {
        assertThat(open(sound.with("queue-untrusted-release", UNKNOWN, "namespace")
                        .with("queue-untrusted-token", UNKNOWN, "metadata", "namespace")
                        .with("queue-untrusted-token", "\"npm\"", "metadata", "name")))
                .extracting(finding -> finding.rule().id())
                .containsExactlyInAnyOrder("untrusted-secrets", "fleet-whole", "reference-present");
    }

    @Test
    void aRoleForDeploymentsIsWhereItsNameSays() {
        assertThat(open(sound.with("queue-deploy-deploy-apps-role", UNKNOWN, "metadata", "namespace")
                        .with("queue-deploy-deploy-apps-binding", UNKNOWN, "metadata", "namespace")
                        .with("queue-deploy-deploy-apps-binding", UNKNOWN, "roleRef", "name")
                        .with("queue-deploy-deploy-apps-binding", UNKNOWN, "subjects", 0, "namespace")))
                .isEmpty();
    }

    @Test
    void whereARoleOfNobodyIsNobodyKnows() {
        assertThat(
                        open(
                                sound.and(
                                        "kubernetes:rbac.authorization.k8s.io/v1:Role",
                                        "secrets",
                                        "{\"metadata\":{\"namespace\":" + UNKNOWN
                                                + "},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"get\"]}]}")))
                .allMatch(Finding::isUnjudged)
                .extracting(Finding::detail)
                .contains("cannot be judged: the plan does not know yet in which namespace secrets is");
    }

    @Test
    void whatAPlanOfOursDoesNotKnowNobodyGuesses() {
        assertThat(sound.with("queue-deploy-deploy-apps-role", UNKNOWN, "metadata", "namespace")
                        .assessed()
                        .open())
                .isNotEmpty()
                .allMatch(Finding::isUnjudged);
    }

    private static List<Finding> open(EditedPlan plan) {
        return plan.assessedAsPulumis().open();
    }
}
