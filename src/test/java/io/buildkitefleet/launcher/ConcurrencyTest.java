package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Launchers that run at once, and launchers that are ended. */
class ConcurrencyTest {
    private static final String WAITING = "fleet: another fleet is building here; waiting for it\n";
    private static final String LOCK = "project/target/fleet/lock";

    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws IOException {
        project = new LauncherProject(directory);
    }

    @Test
    void twoAtOnceBuildOnceAndBothRun() throws Exception {
        project.mavenDoes("until [[ -e \"$home/go\" ]]; do sleep 0.1; done");
        var one = project.start(project.project(), "preview");
        project.await("calls", true);
        var other = project.start(project.project(), "preview");
        awaitText(other.err());
        project.write("go", "");
        var runs = List.of(LauncherProject.end(one), LauncherProject.end(other));
        assertThat(runs).extracting(LauncherProject.Run::out).containsOnly("the program ran\n");
        assertThat(runs).extracting(LauncherProject.Run::err).containsExactly("fleet: building\n", WAITING);
        assertThat(project.builds()).isEqualTo(1);
    }

    @Test
    void aHolderThatWasKilledBlocksNobody() throws Exception {
        killLauncherWhileMavenDoes("exec sleep 600");
        endMaven();
        project.mavenDoes("");
        var run = project.fleet("preview");
        assertThat(run.out()).isEqualTo("the program ran\n");
        assertThat(run.err()).isEqualTo("fleet: building\n");
    }

    @Test
    void aMavenThatOutlivesItsLauncherIsWaitedFor() throws Exception {
        killLauncherWhileMavenDoes("until [[ -e \"$home/go\" ]]; do sleep 0.1; done");
        var next = project.start(project.project(), "preview");
        awaitText(next.err());
        project.write("go", "");
        assertThat(LauncherProject.end(next).err())
                .isEqualTo("fleet: another fleet is building here; waiting for it\nfleet: building\n");
        assertThat(project.has(LOCK)).isFalse();
    }

    @Test
    void aHolderWhoseProcessIdIsAnothersNowBlocksNobody() throws Exception {
        project.write(LOCK + "/" + ProcessHandle.current().pid(), "long ago\n");
        assertThat(project.fleet("preview").err()).isEqualTo("fleet: building\n");
        assertThat(project.has(LOCK)).isFalse();
    }

    @Test
    void aLockWithoutAHolderBlocksNobody() throws Exception {
        Files.createDirectories(project.file(LOCK));
        assertThat(project.fleet("preview").err()).isEqualTo("fleet: building\n");
    }

    @Test
    void aSignalEndsMavenAndLeavesNoHalfState() throws Exception {
        project.mavenDoes("printf '%s' \"$$\" >\"$home/maven-pid\"; exec sleep 600");
        var ended = project.start(project.project(), "preview");
        awaitText(project.file("maven-pid"));
        ended.process().destroy();
        assertThat(LauncherProject.end(ended).exitCode()).isEqualTo(128 + 15);
        assertThat(maven()).isEmpty();
        assertThat(project.temporaryFiles()).isEmpty();
        assertThat(project.has(LOCK)).isFalse();
        project.mavenDoes("");
        assertThat(project.fleet("preview").out()).isEqualTo("the program ran\n");
    }

    private void killLauncherWhileMavenDoes(String script) throws Exception {
        project.mavenDoes("printf '%s' \"$$\" >\"$home/maven-pid\"; " + script);
        var killed = project.start(project.project(), "preview");
        awaitText(project.file("maven-pid"));
        killed.process().destroyForcibly().waitFor();
    }

    private void awaitText(Path file) throws Exception {
        project.await(file.toString(), true);
        while (Files.size(file) == 0) {
            Thread.sleep(20);
        }
    }

    private Optional<ProcessHandle> maven() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(project.file("maven-pid"))))
                .filter(ProcessHandle::isAlive);
    }

    private void endMaven() throws IOException {
        maven().ifPresent(ProcessHandle::destroyForcibly);
    }
}
