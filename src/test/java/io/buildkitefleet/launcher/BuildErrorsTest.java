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
                       src/main/java/App.java:9:48: found raw type: java.util.List
                         missing type arguments for generic class java.util.List<E>
                       src/main/java/App.java:2:32: cannot find symbol
                         symbol:   class Foo
                         location: class App
                       src/main/java/App.java:3:27: incompatible types: java.lang.String cannot be converted to int
                       Everything Maven said is in target/build.log.
                """);
    }

    @Test
    void warningsAreShownSinceTheyFailTheBuild() throws Exception {
        assertThat(errorOf("warnings-are-errors.log")).isEqualTo("""
                fleet: building
                fleet: the build failed:
                       src/main/java/App.java:1:55: found raw type: java.util.List
                         missing type arguments for generic class java.util.List<E>
                       src/main/java/App.java: warnings found and -Werror specified
                       Everything Maven said is in target/build.log.
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "no-network.log, 'org.junit:junit-bom:pom:5.14.1', Connection refused",
        "offline.log, 'org.junit:junit-bom:pom:5.14.1', in offline mode"
    })
    void whatCouldNotBeDownloadedIsNamedWithTheReason(String log, String artifact, String reason) throws Exception {
        assertThat(errorOf(log)).contains(artifact, reason);
    }

    @Test
    void ofManyErrorsTheFirstAreShown() throws Exception {
        project.mavenDoes("for i in {1..500}; do echo \"[ERROR] error $i\"; done; exit 1");
        assertThat(project.fleet("preview").err()).contains("error 1\n").doesNotContain("error 30");
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
