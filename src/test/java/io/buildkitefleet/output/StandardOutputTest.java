package io.buildkitefleet.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.buildkitefleet.cli.FleetCommand;
import io.buildkitefleet.preview.ProgramLaunch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No command ends well when what it printed did not arrive. */
class StandardOutputTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--help",
                "check --help",
                "check --list",
                "check dev --format json",
                "preview dev",
                "preview dev --json",
                "cost dev --json"
            })
    void aDeviceThatIsFullIsAnError(String arguments) throws Exception {
        assumeThat(Path.of("/dev/full")).exists();
        assertThat(fleet("exec \"$@\" >/dev/full", arguments.split(" "))).isEqualTo(1);
        assertThat(err()).startsWith("stdout: can't be written (").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "check --list"})
    void aClosedOutputIsAnError(String arguments) throws Exception {
        assertThat(fleet("exec \"$@\" >&-", arguments.split(" "))).isEqualTo(1);
        assertThat(err()).startsWith("stdout: can't be written (").hasLineCount(1);
    }

    @Test
    void wrongUsageStaysWrongUsage() throws Exception {
        assertThat(fleet("exec \"$@\" >&-", "nosuch")).isEqualTo(2);
    }

    @Test
    void whatNobodyReadsAnyMoreEndsAsOtherToolsDo() throws Exception {
        // The command starts only when its output has no reader.
        var process = start("read -r line && exec \"$@\"", "check", "--list");
        process.getInputStream().close();
        try (var in = process.getOutputStream()) {
            in.write('\n');
        }
        assertThat(process.waitFor()).isEqualTo(141);
        assertThat(err()).isEmpty();
    }

    @Test
    void aFileThatIsTheOutputIsWrittenOnFromWhereItIs() throws Exception {
        var log = Files.writeString(directory.resolve("log"), "before\n");
        assertThat(fleet("exec \"$@\" >>" + log, "preview", "dev", "--out", "/dev/stdout"))
                .isZero();
        assertThat(log).content().startsWith("before\n{\n").contains("}\nbuildkite-fleet / dev");
    }

    @Test
    void whatATerminalWouldObeyIsShown() throws Exception {
        assertThat(fleet("exec \"$@\"", "preview", "dev\u001B[2J\u202E")).isEqualTo(1);
        assertThat(err()).contains("dev\\u001b[2J\\u202e").doesNotContain("\u001B", "\u202E");
    }

    private int fleet(String shell, String... arguments) throws IOException, InterruptedException {
        var process = start(shell, arguments);
        process.getOutputStream().close();
        return process.waitFor();
    }

    /** Starts a shell whose arguments are the command line. */
    private Process start(String shell, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", shell, "sh"));
        command.addAll(ProgramLaunch.ofMainClass(FleetCommand.class.getName()).command());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err"), StandardCharsets.UTF_8);
    }
}
