package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The class archive makes starts faster, and is never in anybody's way. */
class ArchiveTest {
    private static final String ARCHIVE = "project/target/fleet/classes.jsa";

    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws IOException {
        project = new LauncherProject(directory);
        project.write("project/Pulumi.dev.yaml", "config: {}");
    }

    @Test
    void theBuildMakesItFromAPreview() throws Exception {
        var run = project.fleet("build");
        assertThat(run.err()).isEqualTo("fleet: building\n");
        assertThat(Files.readString(project.file(ARCHIVE))).isEqualTo("dev");
        assertThat(trainings()).singleElement().asString().endsWith("[preview] [dev] in " + project.project());
    }

    @Test
    void theProgramAndItsChildUseIt() throws Exception {
        project.fleet("--help");
        assertThat(lastCall())
                .contains("[-XX:SharedArchiveFile=" + project.file(ARCHIVE) + "]")
                .containsPattern("fleet.program.jvmFlags=[^\\]]*\t-XX:SharedArchiveFile="
                        + Pattern.quote(project.file(ARCHIVE).toString()) + "]");
        project.fleet("compile", "exec:java");
        assertThat(lastCall()).contains("[-XX:SharedArchiveFile=" + project.file(ARCHIVE) + "]");
    }

    @Test
    void itIsMadeOnceABuild() throws Exception {
        project.fleet("build");
        project.fleet("build");
        assertThat(trainings()).hasSize(1);
        project.write("project/src/main/java/App.java", "class App { int a; }");
        project.fleet("build");
        assertThat(trainings()).hasSize(2);
    }

    @Test
    void anotherJdkGetsItsOwnWithoutABuild() throws Exception {
        project.fleet("build");
        project.releaseOfJdk("21.0.8");
        project.fleet("build");
        assertThat(trainings()).hasSize(2);
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void aStackWithProblemsIsPassedOver() throws Exception {
        project.write("bad-dev", "");
        project.write("project/Pulumi.prod.yaml", "config: {}");
        project.fleet("build");
        assertThat(Files.readString(project.file(ARCHIVE))).isEqualTo("prod");
    }

    @Test
    void withoutAGoodStackThereIsNoneAndNoErrorAndNoSecondTry() throws Exception {
        project.write("bad-dev", "");
        var run = project.fleet("build");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("fleet: building\n");
        project.fleet("preview");
        assertThat(project.has(ARCHIVE)).isFalse();
        assertThat(trainings()).hasSize(1);
        assertThat(lastCall()).doesNotContain("-XX:SharedArchiveFile");
    }

    @Test
    void aJvmThatCannotMakeOneIsNoError() throws Exception {
        project.write("jdk/bin/java", "#!/usr/bin/env bash\nexit 134\n");
        var run = project.fleet("build");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("fleet: building\n");
        assertThat(project.has(ARCHIVE)).isFalse();
    }

    private List<String> trainings() throws IOException {
        return project.calls("java").stream()
                .filter(call -> call.contains("-XX:ArchiveClassesAtExit"))
                .toList();
    }

    private String lastCall() throws IOException {
        var calls = project.calls("java");
        return calls.get(calls.size() - 1);
    }
}
