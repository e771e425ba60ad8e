package io.buildkitefleet.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.buildkite.Misbehavior;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real signals, at each stage of a drain: no queue stays paused. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "setsid and env --default-signal are not on macOS")
class DrainSignalsTest extends DrainedFleet {
    /** What the JVM of a drain ends with when a signal ended it before Pulumi was started. */
    private static final int BY_SIGNAL = 128;

    private static int number(String signal) {
        return switch (signal) {
            case "HUP" -> 1;
            case "INT" -> 2;
            default -> 15;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP"})
    void duringThePreview(String signal) throws Exception {
        project.previewDoes("sleep 0.5; cat preview.json");
        var drain = project.start("up");
        project.await("preview-started");
        drain.signal(signal);
        assertThat(drain.end().exitCode()).isEqualTo(BY_SIGNAL + number(signal));
        assertThat(project.has("up-started")).isFalse();
        assertThat(buildkite.requests()).noneMatch(request -> request.contains("pause_dispatch"));
        nothingIsPausedAndNothingIsKept();
    }

    /** Buildkite does what it was asked, and nobody waits for its answer any more. */
    @ParameterizedTest
    @ValueSource(strings = {"INT", "HUP"})
    void duringThePause(String signal) throws Exception {
        buildkite.disturb("pause_dispatch", new Misbehavior.SlowAnswer(Duration.ofSeconds(1)), 1);
        var drain = project.start("up");
        DrainProject.await("the first queue is paused", big::isPaused);
        drain.signalGroup(signal);
        var run = drain.end();
        assertThat(run.exitCode()).isEqualTo(BY_SIGNAL + number(signal));
        assertThat(run.err()).contains("stopped before anything was changed");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @ParameterizedTest
    @CsvSource({"INT,true", "HUP,true", "INT,false", "TERM,false"})
    void duringTheWait(String signal, boolean group) throws Exception {
        big.add("RUNNING");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        if (group) {
            drain.signalGroup(signal);
        } else {
            drain.signal(signal);
        }
        assertThat(drain.end().exitCode()).isEqualTo(BY_SIGNAL + number(signal));
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    /** Told twice, Pulumi would stop half-way through a change. */
    @ParameterizedTest
    @CsvSource({"INT,true,INT", "TERM,true,TERM", "INT,false,TERM", "TERM,false,TERM", "HUP,false,TERM"})
    void duringTheUpdatePulumiIsToldOnceAndWaitedFor(String signal, boolean group, String told) throws Exception {
        project.updates("""
                until [[ -s signals ]]; do sleep 0.05; done
                sleep 1
                cp .fleet/drain-dev.json still-paused
                exit 5
                """);
        var drain = project.start("up");
        project.await("up-started");
        if (group) {
            drain.signalGroup(signal);
        } else {
            drain.signal(signal);
        }
        assertThat(drain.end().exitCode()).as("Pulumi's own").isEqualTo(5);
        assertThat(project.read("signals")).isEqualTo(told + "\n");
        assertThat(project.has("still-paused")).isTrue();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aPulumiThatIsKilledIsNoReasonToLeaveAQueuePaused() throws Exception {
        project.updates("kill -KILL $$");
        assertThat(project.run("up").exitCode()).isEqualTo(BY_SIGNAL + 9);
        nothingIsPausedAndNothingIsKept();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void whileTheQueuesAreResumed(String signal) throws Exception {
        buildkite.disturb("resume_dispatch", new Misbehavior.Slow(Duration.ofSeconds(1)), 1);
        project.updates("exit 3");
        var drain = project.start("up");
        DrainProject.await("the first queue is to be resumed", () -> buildkite.requests().stream()
                .anyMatch(request -> request.contains("resume_dispatch")));
        drain.signalGroup(signal);
        assertThat(drain.end().exitCode()).as("Pulumi's own").isEqualTo(3);
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aDrainThatIsKilledLeavesAFileThatResumesAndIsInTheWayOfTheNextUp() throws Exception {
        big.add("RUNNING");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        drain.signal("KILL");
        drain.end();
        assertThat(big.isPaused() && huge.isPaused()).isTrue();

        var next = project.run("up");
        assertThat(next.exitCode()).isEqualTo(1);
        assertThat(next.err()).contains("was killed, and may have left paused: big, huge", "./fleet up dev --resume");
        assertThat(project.has("up-started")).isFalse();

        assertThat(project.run("resume").exitCode()).isZero();
        nothingIsPausedAndNothingIsKept();
    }

    /** Pulumi goes on, so that jobs which begin now would be lost. */
    @Test
    void nothingIsResumedWhilePulumiGoesOnAfterTheDrainWasKilled() throws Exception {
        project.updates("until [[ -e go-on ]]; do sleep 0.05; done");
        var drain = project.start("up");
        project.await("up-started");
        var pulumi = drain.process()
                .descendants()
                .filter(DrainSignalsTest::isPulumi)
                .findFirst()
                .orElseThrow();
        DrainProject.await("its process is kept", () -> project.pauseFile().contains("\"id\": " + pulumi.pid() + ","));
        drain.signal("KILL");
        drain.end();

        var resume = project.run("resume");
        assertThat(resume.exitCode()).isEqualTo(1);
        assertThat(resume.err()).contains("its Pulumi still updates the stack, as process " + pulumi.pid());
        assertThat(project.run("up").err())
                .contains("its Pulumi still updates the stack, as process " + pulumi.pid(), "wait until it has ended");
        assertThat(big.isPaused() && huge.isPaused()).isTrue();

        Files.createFile(project.file("go-on"));
        DrainProject.await("Pulumi has ended", () -> !pulumi.isAlive());
        assertThat(project.run("resume").exitCode()).isZero();
        nothingIsPausedAndNothingIsKept();
    }

    private static boolean isPulumi(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("/pulumi up");
    }

    /** What it has made in order to know of signals ends with it. */
    @Test
    void aDrainThatIsKilledLeavesNoProcess() throws Exception {
        big.add("RUNNING");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        var processes = drain.process().descendants().toList();
        assertThat(processes).isNotEmpty();
        drain.signal("KILL");
        drain.end();
        DrainProject.await("no process is left", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }
}
