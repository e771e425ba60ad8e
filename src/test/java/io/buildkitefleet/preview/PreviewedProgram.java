package io.buildkitefleet.preview;

import com.pulumi.Context;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.Stack;
import io.buildkitefleet.testing.JvmFlags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the programs of the tests through the offline engine, for real. */
public final class PreviewedProgram {
    private PreviewedProgram() {}

    /** A project with a stack {@code dev}, in this directory. */
    static Project project(Path directory) {
        write(directory.resolve("Pulumi.yaml"), "name: sample\nruntime: java\n");
        write(directory.resolve("Pulumi.dev.yaml"), """
                config:
                  gcp:project: acme-dev
                  gcp:credentials: {secure: v1:cipher:text}
                  region: us-west1
                """);
        return Project.read(directory);
    }

    public static Plan preview(Path directory, Program program) {
        return preview(directory, program, OfflineEngine.DEFAULT_TIMEOUT);
    }

    static Plan preview(Path directory, Program program, Duration timeout) {
        Project project = project(directory);
        Stack stack = project.stack("dev").withPlaceholderSecrets(Set.of("sample:agentToken"));
        return new OfflineEngine(program, timeout).preview(project, stack);
    }

    /** In this JVM. */
    public static Program inline(Consumer<Context> program) {
        return new InlineProgram((context, environment) -> program.accept(context));
    }

    /** In a process of its own, with the charset of a caller who has chosen none. */
    static Program launch(Class<?> program) {
        return ProgramLaunch.ofMainClass(program.getName(), JvmFlags.with("-Xshare:auto", "-Dfile.encoding=US-ASCII"));
    }

    /** Waits, for a minute at most, until a process has ended; a parent may never ask for its exit code. */
    static boolean hasEnded(ProcessHandle process) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (process.info().command().isPresent() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        return process.info().command().isEmpty();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
