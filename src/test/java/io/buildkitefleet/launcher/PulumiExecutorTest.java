package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pulumi's Java language host calls the launcher with the arguments that it has for Maven. */
class PulumiExecutorTest {
    private static final String QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn --no-transfer-progress ";
    private static final String TO_STDERR = "-Dorg.slf4j.simpleLogger.logFile=System.err --no-transfer-progress ";
    private static final String RUN = QUIET + "compile exec:java";
    private static final String DISCOVER =
            TO_STDERR + "compile exec:java -DmainClass=com.pulumi.bootstrap.internal.Main -DmainArgs=packages";

    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws IOException {
        project = new LauncherProject(directory);
    }

    @Test
    void theProgramIsBuiltAndRunWithoutMaven() throws Exception {
        assertThat(asMaven(RUN).exitCode()).isZero();
        assertThat(project.calls("java")).singleElement().asString().contains("[io.buildkitefleet.App] in ");
        assertThat(asMaven(RUN).exitCode()).isZero();
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void aProgramThatDoesNotBuildIsNotRun() throws Exception {
        project.mavenFailsWith("compile-error.log");
        var run = asMaven(RUN);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("src/main/java/App.java:2:32: cannot find symbol");
        assertThat(project.calls("java")).isEmpty();
    }

    @Test
    void packagesAreTheJsonAndNothingElse() throws Exception {
        assertThat(asMaven(DISCOVER).out()).isEqualTo("[{\"resource\":true,\"name\":\"gcp\",\"version\":\"7.0.0\"}]\n");
    }

    @Test
    void packagesAreAskedOnceABuild() throws Exception {
        asMaven(DISCOVER);
        assertThat(asMaven(DISCOVER).out()).contains("\"gcp\"");
        assertThat(project.calls("java")).hasSize(1);
        project.write("project/pom.xml", "<project><!-- another version --></project>");
        asMaven(DISCOVER);
        assertThat(project.calls("java")).hasSize(2);
    }

    @Test
    void pulumiInstallBuilds() throws Exception {
        assertThat(asMaven(QUIET + "compile").exitCode()).isZero();
        assertThat(project.builds()).isEqualTo(1);
        assertThat(project.calls("java")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                QUIET + "dependency:tree -DoutputType=tgf -DoutputFile=/tmp/x",
                TO_STDERR + "compile exec:java -f pom.xml -Dexec.args=127.0.0.1:1",
                "exec:java -DmainClass=Other",
                "-B --version"
            })
    void anythingElseIsLeftToMaven(String arguments) throws Exception {
        asMaven(arguments);
        assertThat(project.calls("mvn")).containsExactly("mvn [" + String.join("] [", arguments.split(" ")) + "]");
    }

    private LauncherProject.Run asMaven(String arguments) throws Exception {
        return project.fleet(arguments.split(" "));
    }
}
