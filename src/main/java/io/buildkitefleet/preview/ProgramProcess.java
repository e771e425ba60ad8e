package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.ProjectException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The program while it runs. Nothing of it is left after {@link #close()}, or after the end of this JVM. */
final class ProgramProcess implements AutoCloseable {
    /** More than any message; a stack trace may push it up by a few hundred lines. */
    private static final int KEPT_LINES = 1000;

    private static final long GRACE_SECONDS = 5;

    private final Process process;
    private final Deque<String> errorLines = new ArrayDeque<>();
    private final Thread errorReader = new Thread(this::readErrors, "offline-engine-stderr");
    private final Thread shutdownHook = new Thread(this::kill, "offline-engine-kill");

    private ProgramProcess(Process process) {
        this.process = process;
    }

    /** @throws ProjectException if it cannot be started */
    static ProgramProcess start(ProgramLaunch launch, Path directory, Map<String, String> environment) {
        var builder = new ProcessBuilder(launch.command())
                .directory(directory.toFile())
                .redirectOutput(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new ProgramProcess(builder.start()).attached();
        } catch (IOException e) {
            throw new ProjectException("the program cannot be started: " + e.getMessage(), e);
        }
    }

    private ProgramProcess attached() throws IOException {
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            kill();
            throw new ProjectException("the preview was interrupted", e);
        }
        errorReader.setDaemon(true);
        errorReader.start();
        process.getOutputStream().close();
        return this;
    }

    /** Completes with the exit code. */
    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** The last lines that it wrote to standard error; call it after the program has ended. */
    List<String> errorLines() {
        try {
            errorReader.join(TimeUnit.SECONDS.toMillis(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (errorLines) {
            return new ArrayList<>(errorLines);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // This JVM is ending already: the hook runs, and has nothing left to do.
            return;
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void readErrors() {
        try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(this::keep);
        } catch (IOException | UncheckedIOException e) {
            keep("(its output ended early: " + e.getMessage() + ")");
        }
    }

    private void keep(String line) {
        synchronized (errorLines) {
            errorLines.addLast(line);
            if (errorLines.size() > KEPT_LINES) {
                errorLines.removeFirst();
            }
        }
    }
}
