package io.buildkitefleet.operate;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** The machine that this runs on. */
public final class LocalMachine implements Machine {
    /** A question to Google that takes longer is not worth waiting for. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern ERROR = Pattern.compile("(?i)error:");

    /** Longer ones are cut. */
    private static final int LONGEST_REASON = 300;

    private static final ProcessBuilder.Redirect NOTHING = ProcessBuilder.Redirect.from(new File("/dev/null"));

    private final Map<String, String> environment;
    private final Duration patience;

    public LocalMachine() {
        this(System.getenv());
    }

    /** @param environment the variables that this machine has, also for the programs that it asks */
    LocalMachine(Map<String, String> environment) {
        this(environment, PATIENCE);
    }

    /** @param patience how long a program may take to answer */
    LocalMachine(Map<String, String> environment, Duration patience) {
        this.environment = Map.copyOf(environment);
        this.patience = patience;
    }

    @Override
    public Optional<Path> find(String program) {
        return variable("PATH").stream()
                .flatMap(path ->
                        Pattern.compile(File.pathSeparator, Pattern.LITERAL).splitAsStream(path))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(LocalMachine::canRun)
                .findFirst();
    }

    @Override
    public Optional<Path> findBeside(Path program, String other) {
        try {
            return Optional.of(program.toRealPath().resolveSibling(other)).filter(LocalMachine::canRun);
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private static boolean canRun(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    @Override
    public List<Path> list(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException notThere) {
            return List.of();
        }
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public boolean isSet(String name) {
        return environment.containsKey(name);
    }

    @Override
    public boolean canRead(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    @Override
    public Reply ask(List<String> command) {
        try {
            var builder = new ProcessBuilder(command).redirectInput(NOTHING);
            builder.environment().clear();
            builder.environment().putAll(environment);
            return reply(builder.start());
        } catch (IOException notThere) {
            return new Reply.Absent(command.get(0));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Reply.Refused("it was interrupted");
        }
    }

    /** Both streams are read while it runs: a full pipe would hold it up. */
    private Reply reply(Process process) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        var out = text(process.getInputStream());
        var err = text(process.getErrorStream());
        try {
            if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Reply.Late(patience);
            }
            // What it has started may still hold the pipes.
            var said = out.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return process.exitValue() == 0
                    ? new Reply.Said(said)
                    : refused(process.exitValue(), err.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            return new Reply.Late(patience);
        } catch (ExecutionException broken) {
            return new Reply.Refused("what it says cannot be read");
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    /** With its first line that calls itself an error, else its last. */
    private static Reply refused(int exitCode, String stderr) {
        var lines = stderr.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        var reason = lines.stream()
                .filter(line -> ERROR.matcher(line).lookingAt())
                .findFirst()
                .orElseGet(() -> lines.isEmpty() ? "it ended with " + exitCode : lines.get(lines.size() - 1));
        return new Reply.Refused(
                reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...");
    }

    private static CompletableFuture<String> text(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException broken) {
                        throw new UncheckedIOException(broken);
                    }
                },
                LocalMachine::inBackground);
    }

    private static void inBackground(Runnable task) {
        var thread = new Thread(task, "output of a program");
        thread.setDaemon(true);
        thread.start();
    }
}
