package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.testing.PreviewedStacks;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PreviewedStacks.Extension.class)
class WaiversTest {
    private static final LocalDate TODAY = LocalDate.parse("2027-01-31");

    private EditedPlan spoiled;

    @BeforeEach
    void planWithTwoUnprotectedKeys(PreviewedStacks previews) {
        spoiled =
                SoundPlan.of(previews.full()).protectedAs("keys-cluster", false).protectedAs("keys-secrets", false);
    }

    @Test
    void aWaivedFindingIsNotOpen() {
        var assessment = assess(waiver("state-protected", "", "2027-01-31"));
        assertThat(assessment.open()).isEmpty();
        assertThat(assessment.waived())
                .extracting(Finding::resource)
                .containsExactlyInAnyOrder("keys-cluster", "keys-secrets");
        assertThat(status(assessment, "state-protected")).isEqualTo(Status.WAIVED);
    }

    @Test
    void aWaiverOfOneResourceLeavesTheOthersOpen() {
        var assessment = assess(waiver("state-protected", "keys-cluster", "2027-01-31"));
        assertThat(assessment.open()).extracting(Finding::resource).containsExactly("keys-secrets");
        assertThat(status(assessment, "state-protected")).isEqualTo(Status.FAILED);
    }

    @Test
    void aStarStandsForAnyText() {
        assertThat(assess(waiver("state-protected", "keys-*", "2027-01-31")).open())
                .isEmpty();
        assertThat(assess(waiver("state-protected", "*-s*s", "2027-01-31")).waived())
                .extracting(Finding::resource)
                .containsExactly("keys-secrets");
    }

    @Test
    void aDotStandsForItself() {
        assertThat(assess(waiver("state-protected", "keys.cluster", "2027-01-31"))
                        .waived())
                .isEmpty();
    }

    @Test
    void aWaiverThatHasEndedNoLongerWaivesAndIsReported() {
        var assessment = assess(waiver("state-protected", "", "2027-01-30"));
        assertThat(assessment.waived()).isEmpty();
        assertThat(assessment.open())
                .extracting(finding -> finding.rule().id() + " " + finding.resource())
                .containsExactlyInAnyOrder(
                        "state-protected keys-cluster", "state-protected keys-secrets", "waiver-ended waivers[0]");
        assertThat(assessment.open())
                .last()
                .extracting(Finding::detail)
                .asString()
                .contains("2027-01-30");
    }

    @Test
    void aWaiverIsToldOfForThirtyDaysBeforeItEnds() {
        assertThat(assess(
                                waiver("state-protected", "", "2027-03-02"),
                                waiver("state-protected", "a", "2027-03-03"),
                                waiver("state-protected", "b", "2027-02-01"),
                                waiver("state-protected", "c", "2027-01-31"),
                                waiver("state-protected", "d", "2027-01-30"))
                        .ending())
                .extracting(EndingWaiver::place, EndingWaiver::told)
                .containsExactly(
                        tuple("waivers[0]", "the waiver of state-protected ends in 30 days, on 2027-03-02"),
                        tuple("waivers[2]", "the waiver of state-protected ends in 1 day, on 2027-02-01"),
                        tuple("waivers[3]", "the waiver of state-protected ends today, on 2027-01-31"));
    }

    @Test
    void aWaiverThatWaivesNothingIsReported() {
        var assessment =
                assess(waiver("state-protected", "", "2027-06-30"), waiver("bucket-not-public", "*", "2027-06-30"));
        assertThat(assessment.open()).singleElement().satisfies(finding -> {
            assertThat(finding.rule().id()).isEqualTo("waiver-unused");
            assertThat(finding.resource()).isEqualTo("waivers[1]");
        });
    }

    @Test
    void aWaiverOfARuleThatWasNotCheckedIsNotCalledUnused() {
        spoiled = spoiled.withFleet(Optional.empty());
        var assessment =
                assess(waiver("state-protected", "", "2027-06-30"), waiver("untrusted-pool", "*", "2027-06-30"));
        assertThat(status(assessment, "waiver-unused")).isEqualTo(Status.PASSED);
    }

    @Test
    void anUnknownRuleIsAMistakeInTheConfigurationWithTheNearestName() {
        assertThatThrownBy(() ->
                        assess(waiver("state-protected", "", "2027-06-30"), waiver("state-protcted", "", "2027-06-30")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("buildkite-fleet:fleet.waivers[1].rule")
                .hasMessageContaining("did you mean 'state-protected'?");
    }

    @Test
    void aRuleThatNoNameIsNearIsToldWhereTheNamesAre() {
        assertThatThrownBy(() -> assess(waiver("everything", "", "2027-06-30")))
                .hasMessageContaining("got \"everything\"; ./fleet check --list prints them");
    }

    @Test
    void aWaiverThatSaysWhyItHasNoEndNeverEnds() {
        var never = new Waiver(
                "state-protected", Optional.empty(), "a reason", new Waiver.Never("nothing of it is deployed"));
        var assessment =
                RuleSet.assess(spoiled.plan(), Waivers.of("full", List.of(never), LocalDate.parse("9999-01-01")));
        assertThat(assessment.open()).isEmpty();
        assertThat(assessment.ending()).isEmpty();
    }

    @Test
    void anEndThatNobodyWillSeeIsNone() {
        assertThatThrownBy(() -> assess(
                        waiver("state-protected", "", "2029-01-31"), waiver("state-protected", "", "2029-02-01")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("buildkite-fleet:fleet.waivers[1].until: must be 2029-01-31 or before, two years"
                        + " from today, got 2029-02-01")
                .hasMessageContaining("until: never")
                .hasMessageNotContaining("waivers[0]");
    }

    @Test
    void aRuleOfHighSeverityIsWaivedForThoseThatAreNamed() {
        assertThatThrownBy(() -> assess(
                        waiver("bucket-not-public", "", "2027-06-30"), waiver("state-protected", "", "2027-06-30")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "buildkite-fleet:fleet.waivers[0].resource: is missing, and bucket-not-public is of"
                                + " high severity")
                .hasMessageContaining("\"*\"")
                .hasMessageNotContaining("waivers[1]");
    }

    @Test
    void aStarAloneWaivesEverything() {
        assertThat(assess(waiver("state-protected", "*", "2027-06-30")).open()).isEmpty();
    }

    @Test
    void whatIsWrongWithTheWaiversOfBeforeKeepsNobodyFromMendingIt() {
        var before = List.of(waiver("state-protected", "", "9999-12-31"), waiver("gone-rule", "", "2027-06-30"));
        assertThat(RuleSet.assess(spoiled.plan(), Waivers.before(before, TODAY)).open())
                .isEmpty();
    }

    @Test
    void theRulesAboutWaiversCannotBeWaived() {
        assertThatThrownBy(() -> assess(waiver("waiver-ended", "", "2027-06-30")))
                .isInstanceOf(ConfigException.class);
    }

    private Assessment assess(Waiver... waivers) {
        return RuleSet.assess(spoiled.plan(), Waivers.of("full", List.of(waivers), TODAY));
    }

    private static Waiver waiver(String rule, String resource, String until) {
        return new Waiver(
                rule,
                Optional.of(resource).filter(glob -> !glob.isEmpty()),
                "a reason that is long enough",
                new Waiver.LastDay(LocalDate.parse(until)));
    }

    private static Status status(Assessment assessment, String rule) {
        return assessment.results().stream()
                .filter(result -> result.rule().id().equals(rule))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
