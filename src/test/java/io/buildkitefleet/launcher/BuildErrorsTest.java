package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the many lines of a failed Maven run, the user sees those that say what to do. The logs are real ones. */
class BuildErrorsTest {
    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws IOException {
        project = new LauncherProject(directory);
    }

    @Test
    void compilerErrorsAreShownOnceWithFileAndLine() throws Exception {
        assertThat(errorOf("compile-error.log")).isEqualTo("""
                fleet: building
                fleet: the build failed:
                       src/main/java/App.java:2:32: cannot find symbol
                         symbol:   class Foo
                         location: class App
                       src/main/java/App.java:3:27: incompatible types: java.lang.String cannot be converted to int
                       Everything Maven said is in target/build.log.
                """);
    }

    @Test
    void warningsAreShownWhereTheyFailTheBuild() throws Exception {
        assertThat(errorOf("warnings-are-errors.log")).isEqualTo("""
                fleet: building
                fleet: the build failed:
                       src/main/java/App.java:1:55: found raw type: java.util.List
                         missing type arguments for generic class java.util.List<E>
                       Everything Maven said is in target/build.log.
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "no-network.log, Connect to 127.0.0.1:9 [/127.0.0.1] failed: Connection refused",
        "offline.log, Maven is in offline mode"
    })
    void whatCouldNotBeDownloadedIsNamed(String log, String reason) throws Exception {
        assertThat(errorOf(log)).isEqualTo("""
                fleet: building
                fleet: the build failed:
                       Maven could not download org.junit:junit-bom:pom:5.14.1 from https://repo.maven.apache.org/maven2: REASON
                       Check the network, and the proxy and mirrors in ~/.m2/settings.xml; then try again.
                       Everything Maven said is in target/build.log.
                """.replace("REASON", reason));
    }

    @Test
    void anyOtherErrorIsShownWithoutMavensHelpText() throws Exception {
        assertThat(errorOf("other-error.log"))
                .contains("Error assembling JAR: No space left on device\n")
                .doesNotContain("Help", "-X switch");
    }

    @Test
    void theLogHasEverything() throws Exception {
        errorOf("other-error.log");
        assertThat(Files.readString(project.file("project/target/build.log")))
                .isEqualTo(Files.readString(project.file("maven.log")));
    }

    @Test
    void anOldMavenIsTheReasonWhateverItSays() throws Exception {
        project.write("maven-version", "3.6.3");
        assertThat(errorOf("other-error.log"))
                .isEqualTo("fleet: building\nfleet: Maven 3.6.3 at " + project.file("tools/mvn")
                        + " is too old: install Maven 3.8 or newer, and put it first on PATH\n");
    }

    @Test
    void aBuildWithoutAJarIsAFailure() throws Exception {
        project.mavenDoes("exit 0");
        var run = project.fleet("preview");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the build made no target/buildkite-fleet.jar; see target/build.log");
    }

    @Test
    void whereNothingCanBeWrittenThatIsSaid() throws Exception {
        project.write("project/target", "a file where the directory has to be");
        var run = project.fleet("build");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("fleet: cannot write to " + project.file("project/target"));
    }

    private String errorOf(String log) throws Exception {
        project.mavenFailsWith(log);
        var run = project.fleet("preview");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        return run.err();
    }
}
