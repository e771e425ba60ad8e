package io.buildkitefleet.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of commands in a copy of the project, which has the stack {@code dev} alone. */
abstract class CommandTest {
    /** A day on which the stacks' waivers run. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path project;

    /** What the commands have printed. */
    final StringWriter out = new StringWriter();

    final StringWriter err = new StringWriter();

    @BeforeEach
    void copyOfTheProject() throws IOException {
        copy("Pulumi.yaml");
        copy("Pulumi.dev.yaml");
    }

    /** Copies a file of the project's own directory. */
    final void copy(String file) throws IOException {
        Files.copy(Path.of(file), project.resolve(file));
    }

    /** Changes the stack {@code dev}. */
    final void edit(UnaryOperator<String> change) throws IOException {
        var file = project.resolve("Pulumi.dev.yaml");
        Files.writeString(file, change.apply(Files.readString(file)));
    }

    /** Runs {@code ./fleet} there. */
    final int fleet(String... arguments) {
        return fleetAt(CLOCK, arguments);
    }

    final int fleetAt(Clock clock, String... arguments) {
        return fleet(clock, Dialogue.onTerminal(), arguments);
    }

    /** The same before a terminal at which somebody gives these answers, and then types Ctrl-D. */
    final int fleetAsked(List<String> answers, String... arguments) {
        return fleet(CLOCK, new Answers(answers, out), arguments);
    }

    private int fleet(Clock clock, Dialogue dialogue, String... arguments) {
        return FleetCommand.commandLine(clock, dialogue)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("-C", project.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }
}
