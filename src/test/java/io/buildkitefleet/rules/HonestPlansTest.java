package io.buildkitefleet.rules;

import static io.buildkitefleet.rules.Mutation.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.Assessments;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other spellings of what a sound plan says, which no rule may take for a mistake. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class HonestPlansTest {
    private static final String DENY_ALL = "queue-big-namespace-deny-all";
    private static final String EGRESS = "[{\"to\":[{\"podSelector\":{\"matchLabels\":{\"a\":\"b\"}}}]}]";

    private static final String JOBS =
            "\"principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/agents-ci/attribute.queue/macos\"";

    private static final String ACCOUNT =
            "\"projects/acme-ci-full/serviceAccounts/ci-big@acme-ci-full.iam.gserviceaccount.com\"";

    private EditedPlan sound;

    @BeforeAll
    void soundPlan(PreviewedStacks previews) {
        sound = SoundPlan.of(previews.full());
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void anotherSpellingIsNoMistake(Mutation spelling) {
        assertThat(spelling.change()
                        .apply(spelling.ground().apply(sound))
                        .assessed()
                        .open())
                .extracting(Assessments::told)
                .isEmpty();
    }

    static List<Mutation> spellings() {
        return List.of(
                set("iam-impersonation", "mac-identity-jobs", JOBS, "member"),
                set("iam-impersonation", "identity-big-workload", ACCOUNT, "serviceAccountId"),
                set("namespace-network", DENY_ALL, "{\"matchLabels\":{}}", "spec", "podSelector"),
                set("namespace-network", DENY_ALL, "{\"matchExpressions\":[]}", "spec", "podSelector"),
                set("namespace-network", DENY_ALL, "{\"podSelector\":{},\"egress\":" + EGRESS + "}", "spec"),
                set("namespace-network", DENY_ALL, "[\"Egress\"]", "spec", "policyTypes")
                        .where(plan -> plan.and(
                                "kubernetes:networking.k8s.io/v1:NetworkPolicy",
                                "deny-ingress",
                                "{\"metadata\":{\"namespace\":\"buildkite-big\"},\"spec\":{\"podSelector\":{}}}")));
    }
}
