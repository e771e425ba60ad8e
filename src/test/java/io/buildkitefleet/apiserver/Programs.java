package io.buildkitefleet.apiserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Programs that {@code tools/install} builds and a test runs, each with its log in one directory. */
final class Programs implements AutoCloseable {
    static final Path BINARIES = Path.of(".tools", "bin").toAbsolutePath();

    /** What builds a program, where it is not the tool of its name. */
    private static final Map<String, String> TOOLS =
            Map.of("kube-controller-manager", "kube-controllers", "kube-scheduler", "kube-controllers");

    /** Ten times what it takes on two cores. */
    private static final Duration START = Duration.ofSeconds(90);

    private static final Duration STOP = Duration.ofSeconds(10);

    /** What was started, in that order. */
    private final List<Running> running = new ArrayList<>();

    private final Path directory;

    /** A program that was started. */
    record Running(String name, Process process, Path log) {}

    /** What is waited for. */
    interface Condition {
        boolean holds() throws InterruptedException;
    }

    Programs(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    Running start(String name, String... arguments) throws IOException {
        var path = BINARIES.resolve(name);
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException("these tests need " + path + ", which is not there: run tools/install "
                    + TOOLS.getOrDefault(name, name));
        }
        var command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        var log = directory.resolve(name + ".log");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        var program = new Running(name, process, log);
        running.add(program);
        return program;
    }

    /** Waits until a program that was started does what it is for. */
    void await(Running program, Condition condition) throws IOException, InterruptedException {
        var end = Instant.now().plus(START);
        while (!condition.holds()) {
            if (!program.process().isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException(program.name() + " did not start:\n" + logs());
            }
            Thread.sleep(100);
        }
    }

    private String logs() throws IOException {
        var logs = new StringBuilder();
        for (var program : running) {
            logs.append(Files.readString(program.log()));
        }
        return logs.toString();
    }

    void stop(Running program) {
        running.remove(program);
        var process = program.process();
        process.destroy();
        try {
            if (process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** Stops each before what it asks, which was started before it. */
    @Override
    public void close() {
        for (int i = running.size() - 1; i >= 0; i--) {
            stop(running.get(i));
        }
    }
}
