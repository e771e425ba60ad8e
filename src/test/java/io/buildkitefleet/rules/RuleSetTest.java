package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.rules.made.MadeRules;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.testing.PreviewedStacks;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds in a sound plan and is broken by a mistake, which breaks no other. */
@ExtendWith(PreviewedStacks.Extension.class)
class RuleSetTest {
    private EditedPlan sound;

    @BeforeEach
    void soundPlan(PreviewedStacks previews) {
        sound = SoundPlan.of(previews.full());
    }

    static Stream<Mutation> mistakes() {
        return Stream.of(
                        CloudMutations.all(),
                        CloudFeatureMutations.all(),
                        ProgramMutations.all(),
                        ReferenceMutations.all(),
                        ClusterMutations.all())
                .flatMap(mutations -> mutations);
    }

    @Test
    void everyRuleLooksAtASoundPlanAndFindsNothing() {
        assertThat(sound.assessed().open()).isEmpty();
        assertThat(sound.assessed().results())
                .filteredOn(result -> !Waivers.RULES.contains(result.rule()))
                .extracting(result -> result.rule().id() + " " + result.status())
                .allMatch(result -> result.endsWith(" PASSED"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeBreaksItsRuleAndNoOther(Mutation mistake) {
        var ground = mistake.ground().apply(sound);
        var before = ground == sound ? List.of() : ground.assessed().open();
        assertThat(mistake.change().apply(ground).assessed().open())
                .filteredOn(finding -> !before.contains(finding))
                .extracting(finding -> finding.rule().id())
                .as(mistake.toString())
                .contains(mistake.rule())
                .filteredOn(rule -> !mistake.beside().contains(rule))
                .containsOnly(mistake.rule());
    }

    @Test
    void everyRuleHasAMistakeThatBreaksIt() {
        var mistaken = mistakes().map(Mutation::rule).collect(Collectors.toSet());
        assertThat(RuleSet.rules().stream()
                        .filter(rule -> !Waivers.RULES.contains(rule))
                        // It sees every change, beside what the program makes: MadeRulesTest.
                        .filter(rule -> rule != MadeRules.AS_MADE)
                        .map(Rule::id)
                        .filter(rule -> !mistaken.contains(rule)))
                .as("rules without a mistake that breaks them; add one to CloudMutations or ClusterMutations")
                .isEmpty();
    }

    @Test
    void idsAreUniqueAndEveryRuleSaysWhyAndWhatToDo() {
        assertThat(RuleSet.rules()).extracting(Rule::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z-]+"));
        assertThat(RuleSet.rules()).allSatisfy(rule -> {
            assertThat(rule.title()).isNotBlank();
            assertThat(rule.why()).isNotBlank();
            assertThat(rule.mend()).isNotBlank();
            assertThat(rule.sources()).isNotEmpty();
        });
    }

    @Test
    void whatThePlanHasNothingOfIsNotSaidToHavePassed() {
        var empty = new EditedPlan(List.of(), sound.fleet()).assessed();
        assertThat(empty.results()).allMatch(result -> result.status() == Status.NOT_APPLICABLE);
    }

    @Test
    void whatCannotBeCheckedIsStrictlyAFinding() {
        var unknown = sound.withFleet(Optional.empty());
        assertThat(unknown.assessed().open())
                .isNotEmpty()
                .allMatch(Finding::isUnjudged)
                .extracting(finding -> finding.rule().id())
                .containsExactlyElementsOf(unchecked(unknown).stream()
                        .map(result -> result.rule().id())
                        .toList());
    }

    /** In an assessment that is not strict. */
    private static List<Result> unchecked(EditedPlan plan) {
        return RuleSet.assess(plan.plan(), Waivers.of("full", List.of(), LocalDate.EPOCH)).results().stream()
                .filter(result -> result.status() == Status.NOT_CHECKED)
                .toList();
    }

    @Test
    void aPlanThatDoesNotSayWhichQueuesAreUntrustedIsNotSaidToIsolateThem() {
        var unchecked = unchecked(sound.withFleet(Optional.empty()));
        assertThat(unchecked)
                .extracting(result -> result.rule().id())
                .containsExactlyInAnyOrder(
                        "iam-other-stacks",
                        "secret-readers",
                        "iam-own-roles",
                        "iam-job-tokens",
                        "admission-whole",
                        "quota-stated",
                        "image-chosen",
                        "queue-hooks",
                        "untrusted-pool",
                        "untrusted-sandbox",
                        "untrusted-node-account",
                        "untrusted-identity",
                        "untrusted-secrets",
                        "untrusted-docker",
                        "untrusted-pod-spec",
                        "untrusted-network",
                        "signed-steps",
                        "fleet-whole",
                        "rbac-strangers");
        assertThat(unchecked).allMatch(result -> result.note().contains("./fleet preview STACK --json"));
    }

    @Test
    void nodesThatGkeWouldProvisionItselfAreLookedAtToo() {
        var open = sound.with("cluster-gke", "true", "clusterAutoscaling", "enabled")
                .assessed()
                .open();
        assertThat(open.stream().map(finding -> finding.rule().id()).collect(Collectors.toSet()))
                .isEqualTo(Set.of(
                        "node-account",
                        "node-image",
                        "node-repair",
                        "node-upgrade",
                        "node-secure-boot",
                        "node-disk-key"));
    }
}
