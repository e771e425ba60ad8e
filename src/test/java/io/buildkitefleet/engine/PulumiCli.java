package io.buildkitefleet.engine;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Pulumi's command line: the one in the directory that {@code -Dengine.pulumi} names, else the one that
 * {@code tools/install} builds, else the one on PATH.
 *
 * @param executable its path
 */
public record PulumiCli(Path executable) {
    /** Twenty times what the longest command takes on two cores. */
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    /** @throws IllegalStateException if there is none, with what to do */
    static PulumiCli find() {
        var chosen = System.getProperty("engine.pulumi");
        if (chosen != null) {
            return chosen(Path.of(chosen));
        }
        var onPath = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv("PATH"))
                .map(Path::of);
        return in(Stream.concat(Stream.of(Path.of(".tools", "bin").toAbsolutePath()), onPath));
    }

    /** Of what was asked for there is no second best. */
    static PulumiCli chosen(Path directory) {
        return first(Stream.of(directory.toAbsolutePath()))
                .orElseThrow(() -> new IllegalStateException("the engine tests are to use the Pulumi in " + directory
                        + ", and there is none: run tools/install " + directory.getFileName()));
    }

    /** The one in the first of these directories that has one. */
    static PulumiCli in(Stream<Path> directories) {
        return first(directories)
                .orElseThrow(() -> new IllegalStateException(
                        "the engine tests need Pulumi, which is neither in .tools/bin nor on PATH: run tools/install"));
    }

    private static Optional<PulumiCli> first(Stream<Path> directories) {
        return directories
                .map(directory -> directory.resolve("pulumi"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(PulumiCli::new);
    }

    /**
     * What a command left.
     *
     * @param command as it would be typed
     */
    public record Run(String command, int exitCode, String out, String err) {
        /** This run, if it went well; else all that it said. */
        public Run succeeded() {
            if (exitCode != 0) {
                throw new AssertionError(this);
            }
            return this;
        }

        @Override
        public String toString() {
            return command + " ended with " + exitCode + "\n" + out + err;
        }
    }

    /** A command that may not have ended yet. */
    public record Started(String command, Process process, Path out, Path err) {
        /** Presses a key on its terminal. */
        void type(int key) throws IOException {
            process.getOutputStream().write(key);
            process.getOutputStream().flush();
        }

        /** What it has printed so far. */
        public String said() {
            return read(out);
        }

        /** Ends it, and all that it has started, without a chance to clean up. */
        public void kill() {
            var children = process.descendants().toList();
            process.destroyForcibly().onExit().join();
            children.forEach(ProcessHandle::destroyForcibly);
        }

        public Run end() throws InterruptedException {
            if (!process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " did not end within " + TIMEOUT + "\n" + read(out) + read(err));
            }
            return new Run(command, process.exitValue(), read(out), read(err));
        }
    }

    /** Starts a command in a directory, with nothing in its environment but this. */
    Started start(Path directory, Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(arguments);
        return start(directory, environment, "pulumi " + String.join(" ", arguments), command);
    }

    /**
     * Starts shell lines on a terminal of their own, of whose processes they are the leader. What is written to the
     * process is typed there.
     */
    static Started startOnTerminal(Path directory, Map<String, String> environment, String shell) {
        var command = List.of("script", "-qec", "stty rows 40 cols 120; exec " + shell, "/dev/null");
        return start(directory, environment, shell, command);
    }

    /** Starts shell lines, the first of which that fails ends them. */
    static Started startShell(Path directory, Map<String, String> environment, String lines) {
        return start(directory, environment, lines, List.of("bash", "-euo", "pipefail", "-c", lines));
    }

    private static Started start(Path directory, Map<String, String> environment, String shown, List<String> command) {
        try {
            var out = Files.createTempFile(directory, ".pulumi", ".out");
            var err = Files.createTempFile(directory, ".pulumi", ".err");
            var builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Started(shown, builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
