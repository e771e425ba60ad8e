package io.buildkitefleet.hooks;

import io.buildkitefleet.fleet.SafeBuilds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The hooks as a queue gets them: the project's own files, with a policy beside them.
 *
 * @param directory where they are
 */
public record Hooks(Path directory) {
    private static final Path SOURCE = Path.of("src", "main", "resources", "hooks");
    private static final Path OUTSIDE = Path.of("src", "main", "resources", "hooks-outside");

    /** How a hook ended, and all that it said. */
    public record Run(int exitCode, String output) {}

    public static Hooks in(Path directory, String policy) throws IOException {
        copy(SOURCE, Files.createDirectories(directory));
        Files.writeString(directory.resolve("safe-builds"), policy);
        return new Hooks(directory);
    }

    /**
     * As an agent outside the cluster gets them.
     *
     * @param identity who its jobs are in Google Cloud
     */
    static Hooks outside(Path directory, String policy, String identity) throws IOException {
        var hooks = in(directory, policy);
        copy(OUTSIDE, directory);
        Files.writeString(hooks.file("google-identity"), identity);
        return hooks;
    }

    private static void copy(Path source, Path directory) throws IOException {
        try (var files = Files.list(source)) {
            for (var file : files.toList()) {
                var copy = Files.copy(file, directory.resolve(file.getFileName()));
                if (!copy.toFile().setExecutable(true)) {
                    throw new IOException("cannot make executable: " + copy);
                }
            }
        }
    }

    /** As the queue gets them whose jobs upload pipelines and sign them. */
    public static Hooks ofUpload(Path directory, String policy) throws IOException {
        var hooks = in(directory, policy + SafeBuilds.UPLOAD_ONLY);
        Files.move(hooks.file("upload"), hooks.file("command"));
        return hooks;
    }

    public Path file(String hook) {
        return directory.resolve(hook);
    }

    /** Runs a command with nothing in its environment but this, its output in one. */
    public static Run run(Map<String, String> environment, Path workingDirectory, List<String> command)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command).directory(workingDirectory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end");
        }
        return new Run(process.exitValue(), output);
    }
}
