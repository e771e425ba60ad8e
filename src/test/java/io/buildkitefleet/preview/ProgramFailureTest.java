package io.buildkitefleet.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.buildkitefleet.preview.program.CrashingProgram;
import io.buildkitefleet.preview.program.DuplicateProgram;
import io.buildkitefleet.preview.program.ExitingProgram;
import io.buildkitefleet.preview.program.HangingProgram;
import io.buildkitefleet.preview.program.IdleProgram;
import io.buildkitefleet.preview.program.PlainInvokingProgram;
import io.buildkitefleet.preview.program.RefusingProgram;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users read when a program fails, and that nothing of it stays. */
class ProgramFailureTest {
    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    static Stream<Arguments> failingPrograms() {
        return Stream.concat(
                inBothWays(
                        PreviewedProgram.inline(RefusingProgram::define),
                        RefusingProgram.class,
                        "fleet:pools.big.max: must be at least 1, got 0\nfleet:region: is missing"),
                Stream.concat(
                        inBothWays(
                                PreviewedProgram.inline(CrashingProgram::define),
                                CrashingProgram.class,
                                "IllegalStateException: pool big has no machine type\n"
                                        + "caused by ArithmeticException: / by zero"),
                        Stream.concat(
                                inBothWays(
                                        PreviewedProgram.inline(DuplicateProgram::define),
                                        DuplicateProgram.class,
                                        "sample:index:Part \"big\" is registered twice (under sample:index:Part \"queues\")"),
                                inItsOwnProcess())));
    }

    private static Stream<Arguments> inBothWays(Program inline, Class<?> main, String message) {
        return Stream.of(
                Arguments.of("inline", inline, message),
                Arguments.of("process", PreviewedProgram.launch(main), message));
    }

    private static Stream<Arguments> inItsOwnProcess() {
        return Stream.of(
                Arguments.of(
                        "process",
                        PreviewedProgram.launch(ExitingProgram.class),
                        "the program ended with exit code 3: cannot find the price list of São Paulo"),
                Arguments.of(
                        "process",
                        PreviewedProgram.launch(IdleProgram.class),
                        "the program ended without registering a stack: its main must call Pulumi.run"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("failingPrograms")
    void theMessageIsTheProgramsOwn(String way, Program program, String message) {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> PreviewedProgram.preview(directory, program))
                .withMessage(message);
    }

    @Test
    void aProgramThatFailsForWantOfAnAnswerIsToldWhichOne() {
        var program = PreviewedProgram.inline(PlainInvokingProgram::define);
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> PreviewedProgram.preview(directory, program))
                .withMessageContaining("\nwarning: the program asks a provider for "
                        + "gcp:storage/getProjectServiceAccount:getProjectServiceAccount");
    }

    @Test
    void aMissingMainClassIsNamed() {
        Project project = PreviewedProgram.project(directory);
        var engine = new OfflineEngine(ProgramLaunch.ofMainClass("no.such.Program", List.of()));
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> engine.preview(project, project.stack("dev")))
                .withMessageContaining("no.such.Program");
    }

    @Test
    void aMissingExecutableIsNamed() {
        Project project = PreviewedProgram.project(directory);
        var engine = new OfflineEngine(new ProgramLaunch(List.of("no-such-java")));
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> engine.preview(project, project.stack("dev")))
                .withMessageContaining("no-such-java");
    }

    @Test
    void aProgramThatHangsIsEndedWithItsOwnProcesses() throws IOException, InterruptedException {
        // Long enough for the program to register its component on a busy machine.
        var timeout = Duration.ofSeconds(10);
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() ->
                        PreviewedProgram.preview(directory, PreviewedProgram.launch(HangingProgram.class), timeout))
                .withMessage("the program did not finish within 10 s and was ended; "
                        + "the last resource it registered is sample:index:Part \"stuck\"");
        assertThat(sleeperHasEnded()).isTrue();
    }

    private boolean sleeperHasEnded() throws IOException, InterruptedException {
        String id = Files.readString(directory.resolve(HangingProgram.PROCESS_ID_FILE));
        var sleeper = ProcessHandle.of(Long.parseLong(id));
        return sleeper.isEmpty() || PreviewedProgram.hasEnded(sleeper.get());
    }

    @Test
    void aMissingReasonIsSaid() {
        assertThat(ProgramFailure.of(137, List.of(), List.of()))
                .hasMessage("the program ended with exit code 137 and gave no reason");
    }

    @Test
    void aStackTraceOnStandardErrorIsCutToItsMessage() {
        List<String> lines = List.of(
                "SLF4J: Failed to load class \"org.slf4j.impl.StaticLoggerBinder\".",
                "Exception in thread \"main\" java.lang.ExceptionInInitializerError",
                "\tat io.example.Main.main(Main.java:3)",
                "Caused by: java.io.IOException: disk full",
                "\tat io.example.Disk.write(Disk.java:9)",
                "\t... 1 more");
        assertThat(ProgramFailure.of(1, List.of(), lines))
                .hasMessage("the program ended with exit code 1: ExceptionInInitializerError\n"
                        + "caused by IOException: disk full");
    }
}
