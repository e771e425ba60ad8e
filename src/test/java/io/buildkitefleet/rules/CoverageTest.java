package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.PreviewedStacks;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What no rule reads does not pass in silence. */
@ExtendWith(PreviewedStacks.Extension.class)
class CoverageTest {
    private static final String DATABASE = "gcp:sql/databaseInstance:DatabaseInstance";

    private EditedPlan sound;

    @BeforeEach
    void soundPlan(PreviewedStacks previews) {
        sound = SoundPlan.of(previews.full());
    }

    @Test
    void aTypeThatNoRuleReadsIsNamed() {
        var result = resultOf(sound.and(DATABASE, "state", "{}").and(DATABASE, "more", "{}"));

        assertThat(result.status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(result.note())
                .isEqualTo(
                        "no rule reads 2 resources: gcp:sql:DatabaseInstance (state, more); --strict makes this a finding");
    }

    @Test
    void whoLooksAtEveryObjectForOneThingHasNotReadIt() {
        var result = resultOf(sound.and(
                "kubernetes:example.com/v1:Crawler",
                "crawler",
                "{\"metadata\":{\"namespace\":\"apps\"},\"spec\":{\"image\":\"ghcr.io/a/b@sha256:" + "0".repeat(64)
                        + "\"}}"));

        assertThat(result.note()).contains("kubernetes:example.com/v1:Crawler (crawler)");
    }

    @Test
    void aRuleThatHasNothingToLookAtSaysOfWhat() {
        var empty = new EditedPlan(List.of(), sound.fleet()).assessed();

        assertThat(empty.results())
                .allSatisfy(result -> assertThat(result.note()).isNotBlank());
        assertThat(empty.results())
                .filteredOn(result -> result.rule().id().equals("bucket-not-public"))
                .extracting(Result::note)
                .containsExactly("the plan has no gcp:storage:Bucket");
    }

    @Test
    void aReleaseOfAnotherChartIsReadByNoRule() {
        var result = resultOf(sound.and(
                "kubernetes:helm.sh/v3:Release",
                "ingress",
                "{\"chart\":\"ingress-nginx\",\"namespace\":\"apps\",\"version\":\"4.13.0\"}"));

        assertThat(result.note()).contains("no rule reads 1 resource: kubernetes:helm.sh/v3:Release (ingress)");
    }

    @Test
    void aPlanOfNothingThatRulesKnowIsNoFleets() {
        assertThat(sound.assessed().isOfAFleet()).isTrue();
        assertThat(new EditedPlan(sound.resources().subList(0, 1), sound.fleet())
                        .and(DATABASE, "state", "{}")
                        .assessed()
                        .isOfAFleet())
                .isFalse();
    }

    @Test
    void eachTypeThatNeedsNoRuleIsOneOfTheFleets() {
        var read = sound.resources().stream()
                .map(resource -> resource.type())
                .filter(NeedsNoRule.types()::containsKey)
                .distinct();

        assertThat(read)
                .as("types of the full stack that need no rule")
                .hasSize(NeedsNoRule.types().size());
    }

    private static Result resultOf(EditedPlan plan) {
        return RuleSet.assess(plan.plan(), Waivers.of("full", List.of(), LocalDate.EPOCH)).results().stream()
                .filter(result -> result.rule() == Coverage.RULE)
                .findFirst()
                .orElseThrow();
    }
}
