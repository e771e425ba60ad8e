package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How programs of this machine are asked. */
class LocalMachineTest {
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private static Reply ask(String script) {
        return ask(script, LONG_ENOUGH);
    }

    private static Reply ask(String script, Duration patience) {
        var environment = Map.of("PATH", System.getenv("PATH"), "NAME", "jane");
        return new LocalMachine(environment, patience).ask(List.of("/bin/sh", "-c", script));
    }

    @Test
    void whatAProgramPrintsIsItsAnswer() {
        assertThat(ask("echo \"it is $NAME\"; echo ERROR: not this >&2")).isEqualTo(new Reply.Said("it is jane\n"));
    }

    @Test
    void theLineThatCallsItselfAnErrorIsTheReason() {
        assertThat(
                        ask(
                                "echo Reading; { echo 'warning: old'; echo 'ERROR: no such project'; echo 'see help'; } >&2; exit 3"))
                .isEqualTo(new Reply.Refused("ERROR: no such project"));
    }

    @Test
    void withoutSuchALineTheLastOneIsTheReason() {
        assertThat(ask("{ echo first; echo '  last  '; echo; } >&2; exit 1")).isEqualTo(new Reply.Refused("last"));
    }

    @Test
    void aProgramThatSaysNothingSaysHowItEnded() {
        assertThat(ask("exit 7")).isEqualTo(new Reply.Refused("it ended with 7"));
    }

    @Test
    void aProgramThatAsksBackReadsTheEndOfItsInput() {
        assertThat(ask("read answer || answer=nobody; echo $answer")).isEqualTo(new Reply.Said("nobody\n"));
    }

    @Test
    void aLongAnswerIsReadWhileTheProgramRuns() {
        assertThat(ask("yes 0123456789 | head -100000").text().orElseThrow()).hasSize(1_100_000);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        var reply = new LocalMachine(Map.of()).ask(List.of("/nowhere/gcloud"));
        assertThat(reply).isEqualTo(new Reply.Absent("/nowhere/gcloud"));
        assertThat(reply.reason()).isEqualTo("/nowhere/gcloud is not installed");
    }

    @Test
    void aProgramThatTakesTooLongIsEndedWithAllThatItStarted() throws Exception {
        var patience = Duration.ofSeconds(2);
        assertThat(ask("sleep 3141 & sleep 3142", patience)).isEqualTo(new Reply.Late(patience));
        while (ProcessHandle.current()
                .descendants()
                .anyMatch(process -> process.info().commandLine().orElse("").matches(".*sleep 314[12]"))) {
            Thread.sleep(20);
        }
    }

    /** Java may close the output when the program has ended, or read on: either way nobody waits for what it left. */
    @Test
    void whatAProgramLeavesRunningWithItsOutputIsNotWaitedFor() {
        var patience = Duration.ofSeconds(2);
        var reply = ask("sleep 3143 & echo done", patience);
        var left = ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").matches(".*sleep 3143"))
                .toList();
        left.forEach(ProcessHandle::destroy);
        assertThat(left).isNotEmpty();
        assertThat(reply).isIn(new Reply.Late(patience), new Reply.Said("done\n"));
    }

    @Test
    void anAnswerIsNotShownByItsName() {
        assertThat(new Reply.Said("ya29.secret")).hasToString("Said");
    }
}
