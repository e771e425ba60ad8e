package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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
    void buildMakesItFromWhatAPreviewLoadsOfTheLibraries() throws Exception {
        project.fleet("build");
        assertThat(Files.readAllLines(project.file(ARCHIVE))).containsExactly("java/lang/Object", "com/pulumi/Pulumi");
        assertThat(project.has("project/target/fleet/training")).isFalse();
    }

    @Test
    void bothJvmsUseIt() throws Exception {
        project.fleet("build");
        project.fleet("--help");
        assertThat(lastCall())
                .contains("[-XX:SharedArchiveFile=" + project.file(ARCHIVE) + "]")
                .containsPattern("fleet.program.jvmFlags=[^\\]]*\t-XX:SharedArchiveFile="
                        + Pattern.quote(project.file(ARCHIVE).toString()) + "]");
    }

    @Test
    void theFirstRunDoesNotWaitForIt() throws Exception {
        project.fleet("--help");
        project.await(ARCHIVE + ".key", true);
        project.await("project/target/fleet/training", false);
        project.fleet("--help");
        assertThat(lastCall()).contains("-XX:SharedArchiveFile=");
    }

    @Test
    void anEditOfTheSourcesLeavesItGood() throws Exception {
        project.fleet("build");
        project.write("project/src/main/java/App.java", "class App { int a; }");
        project.fleet("build");
        assertThat(dumps()).hasSize(1);
        project.fleet("--help");
        assertThat(lastCall()).contains("-XX:SharedArchiveFile=");
    }

    @Test
    void anotherJdkGetsItsOwn() throws Exception {
        project.fleet("build");
        project.releaseOfJdk("21.0.8");
        project.fleet("build");
        assertThat(dumps()).hasSize(2);
    }

    @Test
    void aStackWithProblemsIsPassedOver() throws Exception {
        project.write("bad-dev", "");
        project.write("project/Pulumi.prod.yaml", "config: {}");
        project.fleet("build");
        assertThat(project.has(ARCHIVE)).isTrue();
    }

    @Test
    void withoutAGoodStackThereIsNoneAndNoErrorAndNoSecondTry() throws Exception {
        project.write("bad-dev", "");
        var run = project.fleet("build");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("fleet: building\n");
        project.fleet("build");
        assertThat(project.has(ARCHIVE)).isFalse();
        assertThat(project.calls("java")).hasSize(1);
    }

    @Test
    void aStackThatWasMendedIsTriedAgain() throws Exception {
        project.write("bad-dev", "");
        project.fleet("build");
        project.delete("bad-dev");
        Files.setLastModifiedTime(
                project.file("project/Pulumi.dev.yaml"),
                FileTime.from(Instant.now().plusSeconds(60)));
        project.fleet("build");
        assertThat(project.has(ARCHIVE)).isTrue();
    }

    @Test
    void aJvmThatCannotMakeOneIsNoError() throws Exception {
        project.write("jdk/bin/java", "#!/usr/bin/env bash\nexit 134\n");
        var run = project.fleet("build");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("fleet: building\n");
    }

    private List<String> dumps() throws IOException {
        return project.calls("java").stream()
                .filter(call -> call.contains("-Xshare:dump"))
                .toList();
    }

    private String lastCall() throws IOException {
        var calls = project.calls("java");
        return calls.get(calls.size() - 1);
    }
}
