package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the launcher hands over to the command line. */
class CommandLineTest {
    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws IOException {
        project = new LauncherProject(directory);
    }

    static String[] shellFiles() throws IOException {
        try (var parts = Files.list(Path.of("launcher"))) {
            return Stream.concat(Stream.of("fleet"), parts.map(Path::toString).filter(part -> part.endsWith(".sh")))
                    .toArray(String[]::new);
        }
    }

    @ParameterizedTest
    @MethodSource("shellFiles")
    void everyShellFileParses(String file) throws Exception {
        assertThat(new ProcessBuilder("bash", "-n", file).inheritIO().start().waitFor())
                .isZero();
    }

    @Test
    void argumentsArriveUnchanged() throws Exception {
        project.fleet("preview", "a b", "", "*", "$HOME", "-Dx=\"y\"");
        assertThat(lastCall())
                .contains("[io.buildkitefleet.cli.FleetCommand] [preview] [a b] [] [*] [$HOME] [-Dx=\"y\"] in ");
    }

    @Test
    void theWorkingDirectoryIsTheUsers() throws Exception {
        project.fleetIn(project.file("tmp"), "preview");
        assertThat(lastCall())
                .endsWith(" in " + project.file("tmp"))
                .contains("[-Dfleet.project.dir=" + project.project() + "]");
    }

    @Test
    void theLauncherMayBeReachedThroughASymbolicLink() throws Exception {
        var link = project.file("tools/fleet");
        Files.createSymbolicLink(link, Path.of("../project/fleet"));
        var process = new ProcessBuilder(link.toString());
        process.environment().put("PATH", project.path());
        process.environment().put("JAVA_HOME", project.file("jdk").toString());
        assertThat(process.start().waitFor()).isZero();
        assertThat(lastCall()).contains("[-Dfleet.project.dir=" + project.project() + "]");
    }

    @Test
    void aProjectThatWasMovedUsesItsOwnJar() throws Exception {
        project.fleet("build");
        var moved = project.file("moved here");
        Files.move(project.project(), moved);
        Files.createSymbolicLink(project.project(), moved);
        project.fleet("preview");
        assertThat(lastCall()).contains("[-cp] [" + moved.resolve("target/buildkite-fleet.jar") + "]");
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void aProjectWhosePathHasAColonIsRefusedBeforeAnythingIsBuilt() throws Exception {
        var moved = project.file("fleet: mine");
        Files.move(project.project(), moved);
        var run = LauncherProject.end(project.startOf(moved, moved, "preview"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("fleet: the project is in " + moved + ", and Java takes the colon for the end of a path\n");
        assertThat(project.calls("mvn")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"LC_ALL, C", "LC_ALL, nosuch.UTF-8", "LANG, nosuch.UTF-8", "LC_CTYPE, POSIX"})
    @DisabledOnOs(OS.MAC)
    void javaKnowsEveryLetterWhereTheLocaleDoesNot(String variable, String locale) throws Exception {
        project.set(variable, locale);
        project.fleet("preview");
        assertThat(Files.readString(project.file("lc-all"))).isEqualTo("C.UTF-8");
    }

    @Test
    void aLocaleThatKnowsEveryLetterIsKept() throws Exception {
        project.set("LANG", "C.UTF-8");
        project.fleet("preview");
        assertThat(Files.readString(project.file("lc-all"))).isEqualTo("unset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "test"})
    void helpOfTheLaunchersOwnCommandsIsTheProgramsToo(String command) throws Exception {
        assertThat(project.fleet(command, "--help").exitCode()).isZero();
        assertThat(lastCall()).contains("[io.buildkitefleet.cli.FleetCommand] [" + command + "] [--help] in ");
        assertThat(project.calls("mvn")).noneMatch(call -> call.contains("verify"));
    }

    @Test
    void theProgramIsToldThatStderrIsNoTerminal() throws Exception {
        project.fleet("preview");
        assertThat(lastCall()).contains("[-Dfleet.terminal=false]");
    }

    @Test
    void theProgramGetsTheFlagsOfAShortRunToo() throws Exception {
        project.fleet("preview");
        assertThat(lastCall())
                .contains("[-XX:TieredStopAtLevel=1] [-XX:+UseSerialGC]")
                .contains("[-Dfleet.program.jvmFlags=-XX:TieredStopAtLevel=1\t-XX:+UseSerialGC\t");
    }

    @Test
    void theConsoleIsUtf8InEveryLocale() throws Exception {
        project.set("LC_ALL", "C");
        project.fleet("encrypt", "TOKEN");
        assertThat(lastCall()).contains("[-Dsun.stdout.encoding=UTF-8] [-Dstdout.encoding=UTF-8]");
    }

    @Test
    void onlyJavaThatKnowsTheFlagAgainstProtobufsWarningGetsIt() throws Exception {
        project.fleet("preview");
        assertThat(lastCall()).doesNotContain("--sun-misc-unsafe-memory-access");
        project.releaseOfJdk("24.0.1");
        project.fleet("preview");
        assertThat(lastCall()).contains("[--sun-misc-unsafe-memory-access=allow]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"preview dev", "up dev", "compile exec:java"})
    void anOutputInAStringIsAnErrorInEveryJvm(String arguments) throws Exception {
        project.provideIdle("pulumi");
        project.commandLineHandsOver("tools/pulumi", "up");
        project.fleet(arguments.split(" "));
        assertThat(Files.readString(project.file("error-output-string"))).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({"preview dev, unset unset", "compile exec:java, true true", "up dev --drain, true true"})
    void whatTheSdkWouldReadDoesNotReachAPreviewButAProgramOfPulumis(String arguments, String debug) throws Exception {
        project.set("PULUMI_EXCESSIVE_DEBUG_OUTPUT", "true");
        project.set("PULUMI_DISABLE_RESOURCE_REFERENCES", "true");
        project.fleet(arguments.split(" "));
        assertThat(Files.readString(project.file("debug-output"))).isEqualTo(debug);
    }

    @Test
    void whatToolsInstallHasBuiltIsLastOnPath() throws Exception {
        project.program("project/.tools/bin/pulumi", "");
        assertThat(pathOf("preview")).isEqualTo(project.path() + ":" + builtTools());
    }

    @Test
    void aPulumiOfThePersonsOwnDoesNotMeetTheBuiltJavaHost() throws Exception {
        project.provideIdle("pulumi");
        project.program("project/.tools/bin/pulumi-language-java", "");
        assertThat(pathOf("preview")).isEqualTo(project.path());
        assertThat(pathOf("compile", "exec:java")).isEqualTo(project.path());
    }

    @Test
    void testsFindTheBuiltToolsBesideAPulumiOfThePersonsOwn() throws Exception {
        project.provideIdle("pulumi");
        for (var tool : List.of(
                "buildkite-agent",
                "kube-apiserver",
                "kubectl",
                "kube-controller-manager",
                "kube-scheduler",
                "kwok",
                "etcd",
                "kube-score")) {
            project.program("project/.tools/bin/" + tool, "");
        }
        var run = project.fleet("test", "--engine");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private String pathOf(String... arguments) throws Exception {
        project.fleet(arguments);
        return Files.readString(project.file("path"));
    }

    private String builtTools() {
        return project.project().resolve(".tools/bin").toString();
    }

    private String lastCall() throws IOException {
        var calls = project.calls("java");
        return calls.get(calls.size() - 1);
    }
}
