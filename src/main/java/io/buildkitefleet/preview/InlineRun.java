package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.sdk.SdkProgram;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A program that runs in this JVM. What it prints is kept from the terminal, as that of a process of its own is. One
 * that hangs goes with the JVM: its threads keep no JVM alive.
 */
final class InlineRun implements RunningProgram {
    /** A program whose registration was refused has nothing more to do. */
    private static final long GRACE_SECONDS = 1;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exit;

    private InlineRun(Supplier<CompletableFuture<Integer>> program) {
        System.setOut(stream(OutputStream.nullOutputStream()));
        System.setErr(stream(errors));
        try {
            exit = program.get();
        } catch (RuntimeException | Error reason) {
            restoreStreams();
            throw reason;
        }
    }

    static InlineRun start(
            InlineProgram program, Project project, Stack stack, MonitorService monitor, EngineService engine) {
        // Nothing of this process's own environment, and no address: there is nothing to connect to.
        var environment = ProgramEnvironment.of(project, stack, "", Map.of());
        var settings = new SdkProgram.Settings(
                ProgramEnvironment.ORGANIZATION,
                project.name(),
                stack.name(),
                project.directory(),
                stack.config(),
                stack.secretKeys());
        return new InlineRun(() -> SdkProgram.preview(
                settings, monitor, engine, context -> program.definition().accept(context, environment)));
    }

    private static PrintStream stream(OutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return exit;
    }

    @Override
    public List<String> errorLines() {
        return errors.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        try {
            exit.get(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException told) {
            // By whoever waited for it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            restoreStreams();
        }
    }

    private void restoreStreams() {
        System.setOut(out);
        System.setErr(err);
    }
}
