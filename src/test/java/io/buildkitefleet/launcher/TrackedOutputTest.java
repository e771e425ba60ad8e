package io.buildkitefleet.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs was made here: a jar that came with a change, which nobody can review, is not run. */
class TrackedOutputTest {
    private LauncherProject project;

    @BeforeEach
    void newProject(@TempDir Path directory) throws Exception {
        project = new LauncherProject(directory);
        project.fleet("build");
        project.write("project/.gitignore", "target/\n.tools/\n");
        project.provideCommand("git");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"target/buildkite-fleet.jar", "target/base-plans/1-dev.json", ".tools/bin/pulumi", "Target/x"})
    void aTrackedFileIsRefusedBeforeAnythingRuns(String file) throws Exception {
        git("init", "--quiet");
        project.write("project/" + file, "from a change");
        git("add", "--force", file);
        var run = project.fleet("preview");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo("fleet: git tracks " + file + ": what is in target and .tools runs as it is, so it must be"
                        + " made here and not come with a change\n"
                        + "       to take it out of git: git rm -r --cached --ignore-unmatch target .tools\n");
        assertThat(project.calls("java")).isEmpty();
    }

    @Test
    void soItIsInAWorktree() throws Exception {
        git("init", "--quiet");
        git("add", "--force", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", "x");
        var worktree = project.file("worktree");
        git("worktree", "add", "--quiet", worktree.toString());
        var process = project.startOf(worktree, worktree, "preview");
        assertThat(LauncherProject.end(process).err()).startsWith("fleet: git tracks target/");
    }

    @Test
    void soItIsForPulumi() throws Exception {
        git("init", "--quiet");
        git("add", "--force", "target");
        assertThat(project.fleet("compile", "exec:java").exitCode()).isEqualTo(1);
        assertThat(project.calls("java")).isEmpty();
    }

    @Test
    void anotherRepositoryInTheEnvironmentHidesNothing() throws Exception {
        git("init", "--quiet");
        git("add", "--force", "target");
        project.set("GIT_DIR", project.file("tmp").toString());
        assertThat(project.fleet("preview").exitCode()).isEqualTo(1);
    }

    @Test
    void whatGitIgnoresIsRun() throws Exception {
        git("init", "--quiet");
        git("add", ".");
        assertThat(project.fleet("preview").out()).isEqualTo("the program ran\n");
    }

    @Test
    void outsideOfARepositoryItIsRun() throws Exception {
        assertThat(project.fleet("preview").out()).isEqualTo("the program ran\n");
    }

    @Test
    void withoutGitNothingInARepositoryIsRun() throws Exception {
        git("init", "--quiet");
        project.delete("tools/git");
        var run = project.fleet("preview");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("fleet: git cannot say whether target and .tools came with the checkout: ")
                .contains("git: command not found")
                .endsWith("       what is there runs as it is; install git, or make it work here\n");
        assertThat(project.calls("java")).isEmpty();
    }

    @Test
    void whereGitCannotReadTheRepositoryNothingIsRun() throws Exception {
        project.write("project/.git", "gitdir: /not/mounted\n");
        var run = project.fleet("preview");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("came with the checkout: not a git repository: /not/mounted");
        assertThat(project.calls("java")).isEmpty();
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", project.project().toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
