package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.BuildkiteStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A directory with a stand-in of Pulumi, in which drains run as processes of their own. */
final class DrainProject {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path directory;
    private final BuildkiteStandIn buildkite;
    private final Map<String, String> variables = new TreeMap<>();
    private String token = BuildkiteStandIn.TOKEN;

    /** What a drain left. */
    record Run(int exitCode, String out, String err) {}

    /** One that may not have ended yet. */
    record Started(Process process, Path out, Path err) {
        /** Sends a signal, such as INT, to this process alone. */
        void signal(String name) throws Exception {
            kill(name, String.valueOf(process.pid()));
        }

        /** Sends it to all processes of its group, as a terminal does. */
        void signalGroup(String name) throws Exception {
            kill(name, "-" + process.pid());
        }

        private static void kill(String name, String target) throws Exception {
            var exitCode = new ProcessBuilder("kill", "-" + name, "--", target)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new AssertionError("kill -" + name + " " + target + " ended with " + exitCode);
            }
        }

        String said() throws IOException {
            return Files.readString(err);
        }

        void awaitSaying(String text) throws Exception {
            await("it says " + text, () -> {
                try {
                    return said().contains(text);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }

        Run end() throws Exception {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError("the drain did not end:\n" + Files.readString(err));
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    /** Makes the project in an empty directory. */
    DrainProject(Path directory, BuildkiteStandIn buildkite) throws IOException {
        this.directory = directory.toRealPath();
        this.buildkite = buildkite;
        previews(new PreviewedSteps().nodes("replace", "big"));
        updates("echo updated");
    }

    /** Lets Pulumi's preview print this. */
    void previews(PreviewedSteps steps) throws IOException {
        Files.writeString(file("preview.json"), steps.json().toString());
        previewDoes("cat preview.json");
    }

    /** Lets Pulumi's preview do this. */
    void previewDoes(String lines) throws IOException {
        Files.writeString(file("preview"), lines);
        writePulumi();
    }

    /** Lets Pulumi's update do this; each signal that it gets is noted in the file {@code signals}. */
    void updates(String lines) throws IOException {
        Files.writeString(file("up"), lines);
        writePulumi();
    }

    private void writePulumi() throws IOException {
        var script = Files.writeString(file("pulumi"), """
                #!/usr/bin/env bash
                cd "$(dirname "$0")"
                trap 'echo INT >>signals' INT
                trap 'echo TERM >>signals' TERM
                : >"$1-started"
                source "./$1"
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** Sets a variable for drains. */
    void set(String variable, String value) {
        variables.put(variable, value);
    }

    void useToken(String other) {
        token = other;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    boolean has(String name) {
        return Files.exists(file(name));
    }

    String read(String name) throws IOException {
        return has(name) ? Files.readString(file(name)) : "";
    }

    /** Whether a file of what is paused is there. */
    boolean hasPauseFile() {
        return has(".fleet/drain-dev.json");
    }

    /** What the file of what is paused says. */
    String pauseFile() {
        try {
            return read(".fleet/drain-dev.json");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Started start(String verb) throws IOException {
        return start(verb, Duration.ofMinutes(1), DrainPlan.AtLimit.STOP);
    }

    /** Starts a drain as the leader of a group of processes, which no signal is kept from. */
    Started start(String verb, Duration limit, DrainPlan.AtLimit atLimit) throws IOException {
        var command = new ArrayList<>(List.of("setsid", "env", "--default-signal=INT,HUP,TERM"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DrainProgram.class.getName(),
                directory.toString(),
                verb,
                limit.toString(),
                atLimit.name()));
        var out = Files.createTempFile(directory, verb, ".out");
        var err = Files.createTempFile(directory, verb, ".err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(variables);
        builder.environment().put("BUILDKITE_API_TOKEN", token);
        builder.environment().put("BUILDKITE_API_URL", buildkite.address());
        return new Started(builder.start(), out, err);
    }

    Run run(String verb) throws Exception {
        return start(verb).end();
    }

    void await(String file) throws Exception {
        await(file + " is there", () -> has(file));
    }

    static void await(String what, BooleanSupplier condition) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not so in " + PATIENCE + ": " + what);
            }
            Thread.sleep(20);
        }
    }
}
