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

/** Which JDK the launcher takes, and what it says when there is none that will do. */
class JdkTest {
    private static final String ADVICE = "install a JDK from 17 to 25 and set JAVA_HOME to its directory\n";

    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws IOException {
        project = new LauncherProject(directory);
    }

    @Test
    void withoutAnyJavaThatIsSaid() throws Exception {
        project.unset("JAVA_HOME");
        assertThat(refusal()).isEqualTo("fleet: no java: JAVA_HOME is not set and PATH has none; " + ADVICE);
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        project.set("JAVA_HOME", "/no/such/jdk");
        assertThat(refusal()).isEqualTo("fleet: JAVA_HOME is /no/such/jdk, but there is no bin/java in it; " + ADVICE);
    }

    @Test
    void aJreWithoutACompilerIsRefused() throws Exception {
        project.delete("jdk/bin/javac");
        assertThat(refusal())
                .isEqualTo("fleet: Java 17.0.15 at " + project.file("jdk")
                        + " (from JAVA_HOME) has no compiler: it is a JRE; " + ADVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_392", "11.0.2", "16"})
    void aVersionThatIsTooOldIsRefusedWithTheReason(String version) throws Exception {
        project.releaseOfJdk(version);
        assertThat(refusal())
                .isEqualTo("fleet: Java " + version + " at " + project.file("jdk")
                        + " (from JAVA_HOME) is too old: the program is compiled for Java 17; " + ADVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"26", "26-ea", "27.0.1"})
    void aVersionThatIsTooNewIsRefusedWithTheReason(String version) throws Exception {
        project.releaseOfJdk(version);
        assertThat(refusal())
                .isEqualTo("fleet: Java " + version + " at " + project.file("jdk")
                        + " (from JAVA_HOME) is too new: it is tried with none after 25; " + ADVICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "17.0.15", "21.0.8", "25", "25-ea"})
    void everyVersionInBetweenIsTaken(String version) throws Exception {
        project.releaseOfJdk(version);
        assertThat(project.fleet("preview").exitCode()).isZero();
    }

    @Test
    void mavenTakesTheSameVersions() throws Exception {
        var text = Files.readString(Path.of("launcher", "jvm.sh"));
        assertThat(text).contains("OLDEST_JDK=17\nNEWEST_JDK=25\n");
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>[17,26)</version>", "needs a JDK from 17 to 25,");
    }

    @Test
    void withoutJavaHomeTheJdkIsFoundBehindTheLinksOnPathAndNoJvmStarts() throws Exception {
        javaOnPath();
        assertThat(project.fleet("preview").out()).isEqualTo("the program ran\n");
        assertThat(project.calls("java")).noneMatch(call -> call.contains("-XshowSettings"));
    }

    @Test
    void aJavaOnPathThatIsAStubIsAskedWhereItsJdkIs() throws Exception {
        stubOnPath();
        assertThat(project.fleet("preview").out()).isEqualTo("the program ran\n");
        project.delete("jdk/bin/javac");
        assertThat(refusal()).contains("at " + project.file("jdk") + " (first on PATH) has no compiler");
    }

    @Test
    void aJavaOnPathThatDoesNotRunIsReported() throws Exception {
        stubOnPath();
        project.write("jdk/bin/java", "#!/usr/bin/env bash\necho 'Unable to locate a Java Runtime.' >&2\nexit 1\n");
        assertThat(refusal())
                .isEqualTo("fleet: " + project.file("tools/java") + " (first on PATH) does not run:"
                        + " Unable to locate a Java Runtime.\n       " + ADVICE);
    }

    @Test
    void javaHomeGoesBeforePath() throws Exception {
        project.write("tools/java", "#!/usr/bin/env bash\nexit 1\n");
        assertThat(project.fleet("preview").exitCode()).isZero();
    }

    @Test
    void mavenGetsTheSameJdk() throws Exception {
        javaOnPath();
        project.mavenDoes("printf '%s' \"$JAVA_HOME\" >\"$home/java-home\"");
        project.fleet("build");
        assertThat(Files.readString(project.file("java-home")))
                .isEqualTo(project.file("jdk").toString());
    }

    @Test
    void withoutMavenThatIsSaid() throws Exception {
        project.delete("tools/mvn");
        assertThat(refusal())
                .isEqualTo("fleet: no mvn on PATH: install Maven 3.8 or newer"
                        + " (https://maven.apache.org/install.html)\n");
    }

    @Test
    void mavenIsNotNeededWhenThereIsNothingToBuild() throws Exception {
        project.fleet("build");
        project.delete("tools/mvn");
        assertThat(project.fleet("preview").exitCode()).isZero();
    }

    private void javaOnPath() throws IOException {
        project.unset("JAVA_HOME");
        Files.createSymbolicLink(project.file("tools/java"), project.file("jdk/bin/java"));
    }

    private void stubOnPath() throws IOException {
        project.unset("JAVA_HOME");
        project.program("tools/java", "exec " + project.file("jdk/bin/java") + " \"$@\"\n");
    }

    private String refusal() throws Exception {
        var run = project.fleet("preview");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        return run.err();
    }
}
