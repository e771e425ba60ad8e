package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a job ends, as Buildkite reports it: its exit status, and the reason if a signal ended it. */
class RetryRulesTest {
    @ParameterizedTest
    @CsvSource({
        "the node was taken back and the agent said so, -1, agent_stop",
        "the agent stopped while the command ran, 255, agent_stop",
        "the node was lost, -1, none",
        "the pod never started, -1, stack_error"
    })
    void whatTheInfrastructureDidIsRetriedByOneRule(String end, int exitStatus, String signalReason) {
        assertThat(matching(exitStatus, signalReason)).as(end).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "the agent refused it, -1, agent_refused",
        "a hook refused it, 1, agent_refused",
        "its tests failed, 1, none",
        "its command was not found, 127, none",
        "it was cancelled, -1, cancel",
        "its signature was wrong, -1, signature_rejected",
        "it could not be run, -1, process_run_error"
    })
    void whatTheJobDidItselfAndWhatWasRefusedIsNot(String end, int exitStatus, String signalReason) {
        assertThat(matching(exitStatus, signalReason)).as(end).isZero();
    }

    @Test
    void noRuleRetriesForEver() {
        assertThat(RetryRules.rules()).isNotEmpty().allSatisfy(rule -> assertThat((Integer) rule.get("limit"))
                .isBetween(1, 3));
    }

    /** Buildkite ignores what a rule does not say, and compares the rest. */
    private static long matching(int exitStatus, String signalReason) {
        return RetryRules.rules().stream()
                .filter(rule -> rule.getOrDefault("exit_status", exitStatus).equals(exitStatus))
                .filter(rule -> rule.getOrDefault("signal_reason", signalReason).equals(signalReason))
                .count();
    }
}
