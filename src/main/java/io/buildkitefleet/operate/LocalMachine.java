package io.buildkitefleet.operate;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The machine that this runs on. */
public final class LocalMachine implements Machine {
    /** A question to Google that takes longer is not worth waiting for. */
    private static final int PATIENCE_SECONDS = 60;

    private final Map<String, String> environment;

    public LocalMachine() {
        this(System.getenv());
    }

    /** @param environment the variables that this machine has, also for the programs that it asks */
    LocalMachine(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
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
    public boolean canRead(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    @Override
    public Optional<String> output(List<String> command) {
        try {
            var output = Files.createTempFile("fleet-output", ".txt");
            try {
                var builder = new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
                builder.environment().clear();
                builder.environment().putAll(environment);
                var process = builder.start();
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroy();
                    return Optional.empty();
                }
                return process.exitValue() == 0
                        ? Optional.of(Files.readString(output, StandardCharsets.UTF_8))
                        : Optional.empty();
            } finally {
                Files.delete(output);
            }
        } catch (IOException notThere) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
