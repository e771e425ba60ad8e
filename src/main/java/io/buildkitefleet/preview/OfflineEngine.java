package io.buildkitefleet.preview;

import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.pulumi.Urn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the program as a preview of Pulumi does, and records what it registers. It makes nothing, keeps no state and
 * asks no cloud: each resource counts as new.
 */
public final class OfflineEngine {
    /** Far more than the largest fleet takes, so only a program that hangs reaches it. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

    private final Program program;
    private final Duration timeout;

    public OfflineEngine(Program program) {
        this(program, DEFAULT_TIMEOUT);
    }

    /** @param timeout after which the program is ended and the preview fails */
    public OfflineEngine(Program program, Duration timeout) {
        this.program = program;
        this.timeout = timeout;
    }

    /** @throws ProjectException if the program fails, hangs, or registers what the engine would refuse */
    public Plan preview(Project project, Stack stack) {
        var recorder = new Recorder(project, stack);
        var log = new EngineService();
        var refusal = new CompletableFuture<Integer>();
        var monitor = new MonitorService(recorder, log, refusal::completeExceptionally);
        try (var running = start(project, stack, monitor, log)) {
            int exitCode = await(outcome(refusal, running.exit()), recorder);
            if (exitCode != 0) {
                throw ProgramFailure.of(exitCode, log.diagnostics(), running.errorLines());
            }
        }
        List<Registration> registrations = recorder.registrations();
        if (registrations.stream().noneMatch(Registration::isStack)) {
            throw new ProjectException("the program ended without registering a stack: its main must call Pulumi.run");
        }
        return new Plan(project, stack, registrations, log.diagnostics());
    }

    /** Of the two, the refusal, if both are there: the program ended because of it. */
    static CompletableFuture<Integer> outcome(CompletableFuture<Integer> refusal, CompletableFuture<Integer> exit) {
        return refusal.applyToEither(exit, code -> code);
    }

    private RunningProgram start(Project project, Stack stack, MonitorService monitor, EngineService log) {
        return program instanceof InlineProgram inline
                ? InlineRun.start(inline, project, stack, monitor, log)
                : ProgramProcess.start((ProgramLaunch) program, project, stack, monitor, log);
    }

    private int await(CompletableFuture<Integer> exitCode, Recorder recorder) {
        try {
            return exitCode.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ProjectException(hangs(recorder), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProjectException refused ? refused : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProjectException("the preview was interrupted", e);
        }
    }

    private String hangs(Recorder recorder) {
        String last = recorder.last()
                .map(urn -> "the last resource it registered is " + Urn.describe(urn))
                .orElse("it registered nothing");
        return "the program did not finish within " + timeout.toSeconds() + " s and was ended; " + last;
    }
}
