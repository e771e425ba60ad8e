package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the launcher builds, and that it never runs what is not built from the sources as they are. */
class BuildTest {
    private static final String SOURCE = "project/src/main/java/App.java";

    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws IOException {
        project = new LauncherProject(directory);
    }

    @Test
    void theFirstRunBuildsAndThenRunsTheCommandLine() throws Exception {
        var run = project.fleet("preview");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("the program ran\n");
        assertThat(run.err()).isEqualTo("fleet: building\n");
        assertThat(project.calls("mvn")).singleElement().asString().contains("[-Dmaven.test.skip=true] [package]");
    }

    @Test
    void aCurrentBuildIsRunAtOnceAndInSilence() throws Exception {
        project.fleet("build");
        assertThat(project.fleet("preview").err()).isEmpty();
        assertThat(project.builds()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SOURCE,
                "project/pom.xml",
                "project/pins.json",
                "project/.mvn/jvm.config",
                "project/src/main/resources/hooks/environment",
                "project/src/main/java/New.java"
            })
    void aChangedOrNewFileIsBuilt(String file) throws Exception {
        project.fleet("build");
        project.write(file, "something else");
        project.fleet("build");
        assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void aDeletedFileIsBuilt() throws Exception {
        project.fleet("build");
        project.delete("project/src/main/resources/hooks/environment");
        project.fleet("build");
        assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void anOlderVersionThatWasPutBackWithItsDateIsBuilt() throws Exception {
        project.fleet("build");
        project.write(SOURCE, "class App { int a; }");
        Files.setLastModifiedTime(project.file(SOURCE), FileTime.from(Instant.EPOCH));
        project.fleet("build");
        assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void aFileThatWasOnlyWrittenAgainIsNotBuilt() throws Exception {
        project.fleet("build");
        project.write(SOURCE, Files.readString(project.file(SOURCE)));
        project.fleet("build");
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void aJarThatSomebodyElseMadeIsMadeAgain() throws Exception {
        project.fleet("build");
        Files.setLastModifiedTime(
                project.file("project/target/buildkite-fleet.jar"),
                FileTime.from(Instant.now().plusSeconds(60)));
        project.fleet("build");
        assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void afterMavenCleanItIsBuilt() throws Exception {
        project.fleet("build");
        project.delete("project/target/buildkite-fleet.jar");
        project.fleet("build");
        assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void whatWasMadeFromADeletedResourceDoesNotGetIntoTheJar() throws Exception {
        project.write("project/target/classes/hooks/gone", "made by an earlier build");
        project.mavenDoes("[[ ! -e target/classes/hooks/gone ]]");
        assertThat(project.fleet("build").exitCode()).isZero();
    }

    @Test
    void anEditDuringTheBuildIsBuiltTheNextTime() throws Exception {
        project.mavenDoes("echo 'class App { int edited; }' >src/main/java/App.java");
        project.fleet("build");
        project.fleet("build");
        assertThat(project.builds()).isEqualTo(2);
    }

    @Test
    void aFailedBuildRunsNothingAndIsTriedAgain() throws Exception {
        project.fleet("build");
        project.write(SOURCE, "class App {");
        project.mavenFailsWith("compile-error.log");
        assertThat(project.fleet("preview").exitCode()).isEqualTo(1);
        assertThat(project.fleet("preview").exitCode()).isEqualTo(1);
        assertThat(project.builds()).isEqualTo(3);
        assertThat(project.calls("java")).isEmpty();
    }

    @Test
    void buildTakesNoArguments() throws Exception {
        var run = project.fleet("build", "--fast");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("fleet: build takes no arguments, got: --fast\n");
    }

    @Test
    void testBuildsThenRunsEveryTestWithTheArgumentsOfTheUser() throws Exception {
        assertThat(project.fleet("test", "-Dtest=A B").exitCode()).isZero();
        assertThat(project.calls("mvn")).last().isEqualTo("mvn [-B] [verify] [-Dtest=A B]");
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void testsUnderTheRealEngineAreAProfileOfMaven() throws Exception {
        provideTools();
        project.provideIdle("chromium");
        project.provideIdle("chromedriver");
        var run = project.fleet("test", "--engine", "-Dtest=A");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).doesNotContain("left out");
        assertThat(project.calls("mvn")).last().isEqualTo("mvn [-B] [verify] [-Pengine] [-Dtest=A]");
    }

    @Test
    void withoutABrowserItsTestsAreLeftOutAndSaid() throws Exception {
        provideTools();
        project.provideIdle("chromium");
        var run = project.fleet("test", "--engine");
        assertThat(run.err())
                .endsWith("left out: tests of pages in a browser; to run them: "
                        + "apt-get install chromium chromium-driver && ./fleet test --engine\n");
        assertThat(project.calls("mvn")).last().isEqualTo("mvn [-B] [verify] [-Pengine] [-Dgroups=engine]");
    }

    private void provideTools() throws Exception {
        for (var tool : List.of(
                "pulumi",
                "buildkite-agent",
                "kube-apiserver",
                "kubectl",
                "etcd",
                "kube-controller-manager",
                "kube-scheduler",
                "kwok",
                "kube-score")) {
            project.provideIdle(tool);
        }
    }

    @Test
    void withoutAToolTheTestsThatNeedItFailAndSayHowToGetIt() throws Exception {
        assertThat(project.fleet("test", "--engine").err()).contains("these tests need pulumi, which is not on PATH");
        project.provideIdle("pulumi");
        var run = project.fleet("test", "--engine");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .endsWith(
                        "these tests need buildkite-agent, which is not on PATH; build the pinned ones: "
                                + "tools/install pulumi pulumi-kubernetes buildkite-agent kube-apiserver kube-controllers kwok etcd kube-score checkov\n");
        assertThat(project.calls("mvn")).noneMatch(call -> call.contains("verify"));
    }

    @Test
    void theOtherTestsSayWhichWereLeftOutAndHowToRunThem() throws Exception {
        assertThat(project.fleet("test").err())
                .endsWith(
                        "left out: tests under the real Pulumi, Buildkite agent, Kubernetes API server and browser; to run them: "
                                + "tools/install pulumi pulumi-kubernetes buildkite-agent kube-apiserver kube-controllers kwok etcd kube-score checkov && ./fleet test --engine\n");
    }

    @Test
    void afterGoodTestsNothingIsLeftToBuild() throws Exception {
        project.fleet("test");
        project.fleet("build");
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void failedTestsEndWithMavensExitCode() throws Exception {
        project.mavenDoes("[[ \"$*\" != *verify* ]] || exit 7");
        assertThat(project.fleet("test").exitCode()).isEqualTo(7);
    }
}
