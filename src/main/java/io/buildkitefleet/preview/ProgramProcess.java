package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Stack;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that runs in a process of its own, connected to a server in this one. Nothing of it is left after
 * {@link #close()}, or after the end of this JVM.
 */
final class ProgramProcess implements RunningProgram {
    /** More than any message; a stack trace may push it up by a few hundred lines. */
    private static final int KEPT_LINES = 1000;

    private static final long GRACE_SECONDS = 5;

    private final EngineServer server;
    private final Process process;
    private final Deque<String> errorLines = new ArrayDeque<>();
    private final Thread errorReader = new Thread(this::readErrors, "offline-engine-stderr");
    private final Thread shutdownHook = new Thread(this::kill, "offline-engine-kill");

    private ProgramProcess(EngineServer server, Process process) {
        this.server = server;
        this.process = process;
    }

    /** @throws ProjectException if it cannot be started */
    static ProgramProcess start(
            ProgramLaunch launch, Project project, Stack stack, MonitorService monitor, EngineService engine) {
        var server = EngineServer.start(List.of(monitor, engine));
        var builder = new ProcessBuilder(launch.command())
                .directory(project.directory().toFile())
                .redirectOutput(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(ProgramEnvironment.of(project, stack, server.address(), System.getenv()));
        try {
            return new ProgramProcess(server, builder.start()).attached();
        } catch (IOException e) {
            server.close();
            throw new ProjectException("the program cannot be started: " + e.getMessage(), e);
        }
    }

    private ProgramProcess attached() throws IOException {
        try {
            Runtime.getRuntime().addShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            kill();
            server.close();
            throw new ProjectException("the preview was interrupted", e);
        }
        errorReader.setDaemon(true);
        errorReader.start();
        process.getOutputStream().close();
        return this;
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public List<String> errorLines() {
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
        } finally {
            server.close();
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
