package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A git repository with the project's own stack {@code dev} in it, and the command line to run there. */
final class ProjectRepository {
    /** A day on which the stacks' waivers run. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);

    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @param directory is made */
    ProjectRepository(Path directory) throws IOException, InterruptedException {
        this.directory = Files.createDirectory(directory);
        for (var file : List.of("Pulumi.yaml", "Pulumi.dev.yaml")) {
            Files.copy(Path.of(file), file(file));
        }
        Files.writeString(file(".gitignore"), "target/\n");
        git("init", "--quiet");
        commit();
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    void write(String name, String text) throws IOException {
        Files.createDirectories(file(name).getParent());
        Files.writeString(file(name), text);
    }

    /** Changes the stack {@code dev}. */
    void replace(String text, String by) throws IOException {
        var before = Files.readString(file("Pulumi.dev.yaml"));
        assertThat(before).contains(text);
        write("Pulumi.dev.yaml", before.replace(text, by));
    }

    void commit() throws IOException, InterruptedException {
        git("add", "--all");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", "x");
    }

    String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", directory.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    /** Runs {@code ./fleet} there; what it prints is added to what it printed before. */
    int fleet(String... arguments) {
        var all = new ArrayList<>(List.of("-C", directory.toString()));
        all.addAll(List.of(arguments));
        return FleetCommand.commandLine(CLOCK)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
