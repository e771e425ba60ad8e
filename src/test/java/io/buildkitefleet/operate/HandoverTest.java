package io.buildkitefleet.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;

import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.pulumi.VersionRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.mockito.Mockito;

/** Handing over to Pulumi. */
class HandoverTest {
    private final Machine machine = Mockito.mock(Machine.class);

    @BeforeEach
    void aMachineThatSaysNothing() {
        Mockito.when(machine.output(any())).thenReturn(Optional.empty());
    }

    private static Project project(Path directory) {
        return Project.of(directory, "acme", new VersionRange(">=3.207.0"));
    }

    @Test
    void pulumiGetsTheStackTheDirectoryAndEveryArgumentAsItIs() {
        Mockito.when(machine.find("pulumi")).thenReturn(Optional.of(Path.of("/opt/pulumi")));
        var project = Path.of("project").toAbsolutePath();
        assertThat(new Handover(machine, project(project)).command("up", "prod", List.of("--yes", "-m", "two words")))
                .containsExactly(
                        "/opt/pulumi",
                        "up",
                        "--cwd",
                        project.toString(),
                        "--stack",
                        "prod",
                        "--yes",
                        "-m",
                        "two words");
    }

    @Test
    void pulumisExitCodeIsOurs(@TempDir Path directory) throws Exception {
        var script = Files.createFile(
                directory.resolve("pulumi"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(script, "#!/bin/sh\nexit 7\n");
        Mockito.when(machine.find("pulumi")).thenReturn(Optional.of(script));
        assertThat(new Handover(machine, project(directory)).run("up", "dev", List.of()))
                .isEqualTo(7);
    }

    @Test
    @ResourceLock(Resources.SYSTEM_PROPERTIES)
    void theLauncherGetsTheCommandAndPulumiIsNotStartedHere(@TempDir Path directory) throws Exception {
        var file = directory.resolve("handover");
        Mockito.when(machine.find("pulumi")).thenReturn(Optional.of(Path.of("/nowhere/pulumi")));
        System.setProperty("fleet.handover.file", file.toString());
        try {
            var code = new Handover(machine, project(directory))
                    .run("up", "dev", List.of("-m", "two words\nand a line", ""));
            assertThat(code).isZero();
        } finally {
            System.clearProperty("fleet.handover.file");
        }
        assertThat(Files.readString(file).split("\0", -1))
                .containsExactly(
                        "/nowhere/pulumi",
                        "up",
                        "--cwd",
                        directory.toString(),
                        "--stack",
                        "dev",
                        "-m",
                        "two words\nand a line",
                        "",
                        "");
    }

    @Test
    void aPulumiThatTheProjectDoesNotTakeIsNotStarted() {
        Mockito.when(machine.find("pulumi")).thenReturn(Optional.of(Path.of("/opt/pulumi")));
        Mockito.when(machine.output(List.of("/opt/pulumi", "version"))).thenReturn(Optional.of("v3.206.9\n"));
        assertThatThrownBy(() -> new Handover(machine, project(Path.of(""))).run("up", "dev", List.of()))
                .isInstanceOf(OperateException.class)
                .hasMessageContaining(
                        "Pulumi CLI version 3.206.9 at /opt/pulumi does not satisfy the version range \">=3.207.0\"")
                .hasMessageContaining("tools/install pulumi");
    }

    @Test
    void withoutPulumiItSaysHowToGetIt() {
        Mockito.when(machine.find("pulumi")).thenReturn(Optional.empty());
        assertThatThrownBy(() -> new Handover(machine, project(Path.of(""))).run("up", "dev", List.of()))
                .isInstanceOf(OperateException.class)
                .hasMessageContaining("pulumi is not installed")
                .hasMessageContaining("tools/install pulumi");
    }

    /** A project may take an older Pulumi, which as a child would not hear of Ctrl-C. */
    @Test
    void aPulumiThatLosesCtrlCIsNoChild() {
        Mockito.when(machine.find("pulumi")).thenReturn(Optional.of(Path.of("/opt/pulumi")));
        Mockito.when(machine.output(List.of("/opt/pulumi", "version"))).thenReturn(Optional.of("v3.206.9\n"));
        var older = Project.of(Path.of(""), "acme", new VersionRange(">=3.100.0"));
        assertThat(new Handover(machine, older).command("up", "dev", List.of())).contains("up");
        assertThatThrownBy(() -> new Handover(machine, older).childCommand("up", "dev", List.of()))
                .isInstanceOf(OperateException.class)
                .hasMessageContaining("version 3.206.9 at /opt/pulumi loses Ctrl-C", "3.207.0 or newer");
    }

    @Test
    void aPulumiThatHearsOfCtrlCMayBeAChild() {
        Mockito.when(machine.find("pulumi")).thenReturn(Optional.of(Path.of("/opt/pulumi")));
        Mockito.when(machine.output(List.of("/opt/pulumi", "version"))).thenReturn(Optional.of("v3.207.0\n"));
        assertThat(new Handover(machine, project(Path.of("project").toAbsolutePath()))
                        .childCommand("up", "dev", List.of("--yes")))
                .startsWith("/opt/pulumi", "up")
                .endsWith("--yes");
    }
}
