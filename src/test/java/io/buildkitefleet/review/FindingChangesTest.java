package io.buildkitefleet.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.Waiver;
import io.buildkitefleet.rules.Assessment;
import io.buildkitefleet.rules.Finding;
import io.buildkitefleet.rules.Result;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.rules.Status;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.rules.rule.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which findings a change adds, waives, leaves and mends. */
class FindingChangesTest {
    private static final Rule RULE = RuleSet.rules().stream()
            .filter(rule -> rule.severity() == Severity.MEDIUM)
            .findFirst()
            .orElseThrow();

    @Test
    void whatWasNotThereIsNew() {
        var changes = FindingChanges.of(of(open("a", "x")), of(open("a", "x"), open("b", "x")));
        assertThat(changes.added()).containsExactly(open("b", "x"));
        assertThat(changes.remaining()).containsExactly(open("a", "x"));
        assertThat(changes.mended()).isEmpty();
    }

    @Test
    void anotherDetailIsTheSameFinding() {
        var changes = FindingChanges.of(of(open("a", "max is 4")), of(open("a", "max is 8")));
        assertThat(changes.added()).isEmpty();
        assertThat(changes.remaining()).containsExactly(open("a", "max is 8"));
    }

    @Test
    void oneMoreOfTheSameResourceIsNew() {
        var changes = FindingChanges.of(of(open("a", "x")), of(open("a", "y"), open("a", "x")));
        assertThat(changes.added()).containsExactly(open("a", "y"));
    }

    @Test
    void whatIsGoneIsMended() {
        assertThat(FindingChanges.of(of(open("a", "x")), of()).mended()).containsExactly(open("a", "x"));
    }

    @Test
    void aWaiverDoesNotMendButWaives() {
        var changes = FindingChanges.of(of(open("a", "x")), of(waived("a", "x")));
        assertThat(changes.newlyWaived()).containsExactly(waived("a", "x"));
        assertThat(changes.mended()).isEmpty();
    }

    @Test
    void whatWasWaivedBeforeIsNotNewlyWaived() {
        assertThat(FindingChanges.of(of(waived("a", "x")), of(waived("a", "x"))).newlyWaived())
                .isEmpty();
    }

    @Test
    void whatIsNoLongerWaivedIsNew() {
        assertThat(FindingChanges.of(of(waived("a", "x")), of(open("a", "x"))).added())
                .containsExactly(open("a", "x"));
    }

    @Test
    void whatCouldNotBeJudgedBeforeIsNeitherMendedNorTheSame() {
        var before = new Finding(RULE, "a", "type", "urn", "cannot be judged", Optional.empty(), true);
        var changes = FindingChanges.of(of(before), of(open("a", "x")));
        assertThat(changes.added()).containsExactly(open("a", "x"));
        assertThat(changes.mended()).isEmpty();
    }

    @Test
    void onlyNewOnesFail() {
        var changes = FindingChanges.of(of(open("a", "x")), of(open("a", "x"), open("b", "x")));
        assertThat(changes.addsAnyAt(Severity.HIGH)).isFalse();
        assertThat(changes.addsAnyAt(Severity.MEDIUM)).isTrue();
        assertThat(FindingChanges.of(of(open("a", "x")), of(open("a", "x"))).addsAnyAt(Severity.LOW))
                .isFalse();
    }

    private static Assessment of(Finding... findings) {
        return new Assessment("dev", List.of(new Result(RULE, Status.FAILED, List.of(findings), "")), true, List.of());
    }

    private static Finding open(String resource, String detail) {
        return new Finding(RULE, resource, "type", "urn", detail, Optional.empty(), false);
    }

    private static Finding waived(String resource, String detail) {
        var waiver =
                new Waiver(RULE.id(), Optional.empty(), "for now", new Waiver.LastDay(LocalDate.parse("2027-01-01")));
        return new Finding(RULE, resource, "type", "urn", detail, Optional.of(waiver), false);
    }
}
