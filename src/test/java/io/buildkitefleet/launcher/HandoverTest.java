package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launcher becomes Pulumi after the command line has checked and chosen the command. */
class HandoverTest {
    private static final String PULUMI = "opt/pulumi";

    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws IOException {
        project = new LauncherProject(directory);
        project.program(PULUMI, """
                root="$(dirname "$0")/.."
                printf '%s' "$$" >"$root/pid"
                printf '[%s]' "$@" >"$root/arguments"
                pwd >"$root/directory"
                exit 7
                """);
        project.commandLineHandsOver(PULUMI, "up");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up dev",
                "destroy dev --yes",
                "preview dev --engine",
                "preview dev --engine=true",
                "-C there up dev",
                "--cwd=there up dev",
                "up dev --drain=false",
                "up dev --drain-limit 1h"
            })
    void theLauncherBecomesPulumi(String arguments) throws Exception {
        var started = project.start(project.project(), arguments.split(" "));

        assertThat(LauncherProject.end(started).exitCode()).isEqualTo(7);
        assertThat(read("pid")).isEqualTo(String.valueOf(started.process().pid()));
        assertThat(project.temporaryFiles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "preview up",
                "cost dev",
                "-C up check dev",
                "--help",
                "-C",
                "up dev --drain --yes",
                "-C there up --drain dev",
                "up dev --drain=true",
                "up dev --resume=TRUE",
                "preview dev --engine=false",
                "up dev --resume"
            })
    void theLauncherBecomesTheCommandLineOtherwise(String arguments) throws Exception {
        assertThat(project.fleet(arguments.split(" ")).exitCode()).isZero();
        assertThat(project.calls("java"))
                .last()
                .asString()
                .doesNotContain("-Dfleet.handover.file=")
                .contains("FleetCommand] [" + arguments.replace(" ", "] [") + "]");
        assertThat(project.has("pid")).isFalse();
    }

    @Test
    void eachWordArrivesAsItIs() throws Exception {
        project.commandLineHandsOver(PULUMI, "two words", "two\nlines", "last\n", "", "*", "$HOME `id` \"'\\", "für");
        project.fleet("up", "dev");

        assertThat(read("arguments")).isEqualTo("[two words][two\nlines][last\n][][*][$HOME `id` \"'\\][für]");
    }

    @Test
    void pulumiRunsWhereTheUserIs() throws Exception {
        project.fleetIn(project.file("tmp"), "up", "dev");

        assertThat(read("directory")).isEqualTo(project.file("tmp") + "\n");
    }

    @Test
    void whatTheCommandLineRefusesDoesNotReachPulumi() throws Exception {
        project.commandLineDoes("echo 'dev is protected' >&2; exit 2");
        var run = project.fleet("destroy", "dev", "--skip-preview");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).endsWith("dev is protected\n");
        assertThat(project.has("pid")).isFalse();
        assertThat(project.temporaryFiles()).isEmpty();
    }

    @Test
    void aCommandLineThatHandsNothingOverWasAllThereWas() throws Exception {
        project.write("handover", "");
        var run = project.fleet("up", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(project.has("pid")).isFalse();
    }

    @Test
    void aSignalDuringTheChecksEndsTheLauncherBeforePulumi() throws Exception {
        project.commandLineDoes(": >\"$jdk/../checking\"; until [[ -e \"$jdk/../go-on\" ]]; do sleep 0.1; done");
        var started = project.start(project.project(), "up", "dev");
        project.await("checking", true);
        started.process().destroy();
        project.write("go-on", "");

        assertThat(LauncherProject.end(started).exitCode()).isEqualTo(128 + 15);
        assertThat(project.has("pid")).isFalse();
        assertThat(project.temporaryFiles()).isEmpty();
    }

    @Test
    void aPulumiThatCannotBeStartedIsNamed() throws Exception {
        project.write(PULUMI, "#!/nowhere/interpreter\n");
        var run = project.fleet("up", "dev");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).endsWith("fleet: " + project.file(PULUMI) + " can't be started\n");
    }

    private String read(String path) throws IOException {
        return Files.readString(project.file(path));
    }
}
