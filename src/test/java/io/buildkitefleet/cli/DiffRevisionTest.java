package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.revision.ProgramCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack against another revision of its repository. */
class DiffRevisionTest {
    /** Stands in for the launcher of the base: counts its runs, and prints a plan of one component. */
    private static final String LAUNCHER = """
            #!/bin/sh
            echo "$*" >> "RUNS"
            [ -e stopped ] && kill -INT $$
            [ -e broken ] && { echo "cannot find symbol: Foo" >&2; exit 1; }
            echo '{"steps": [{"op": "create", "newState": {
              "urn": "urn:pulumi:dev::buildkite-fleet::t:index:Part::part", "type": "t:index:Part"
            }}], "changeSummary": {"create": 1}}'
            """;

    @TempDir
    private Path directory;

    private ProjectRepository project;
    private Path runs;

    @BeforeEach
    void aRepositoryWithTheProject() throws IOException, InterruptedException {
        project = new ProjectRepository(directory.resolve("repository"));
        runs = directory.resolve("runs");
        project.write("fleet", LAUNCHER.replace("RUNS", runs.toString()));
        Files.setPosixFilePermissions(project.file("fleet"), PosixFilePermissions.fromString("rwxr-xr-x"));
        project.commit();
    }

    /** The program is the same, so that it need not be built again. */
    @Test
    void aChangeOfAStackIsComparedWithoutABuild() throws IOException, InterruptedException {
        project.replace("max: 4}\n      light", "max: 6}\n      light");

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out())
                .startsWith("dev against HEAD: 4 to update")
                .contains("autoscaling.totalMaxNodeCount: 4 → 6", "Queue big: maxNodes 4 → 6");
        assertThat(runs).doesNotExist();
        nothingIsLeft();
    }

    /** The revision has a file of its own. */
    @Test
    void aChangeOfAFileThatTheStackExtendsIsSeen() throws IOException, InterruptedException {
        project.write(
                "Pulumi.base.yaml",
                "config: {buildkite-fleet:fleet: {pools: {big: {max: 4}}, labels: {owner: platform}}}\n");
        project.replace("capacity: preemptible, max: 4}\n      light", "capacity: preemptible}\n      light");
        project.replace("organization: acme", "extends: Pulumi.base.yaml\n    organization: acme");
        project.commit();
        var base = Files.readString(project.file("Pulumi.base.yaml"));
        project.write("Pulumi.base.yaml", base.replace("max: 4", "max: 6"));

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out())
                .startsWith("dev against HEAD: 4 to update")
                .contains("autoscaling.totalMaxNodeCount: 4 → 6");
        assertThat(runs).doesNotExist();
    }

    @Test
    void aRenamedProjectIsAnotherOneAndDeletesNothing() throws IOException, InterruptedException {
        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        project.write(
                "Pulumi.yaml",
                Files.readString(project.file("Pulumi.yaml")).replace("name: buildkite-fleet", "name: ci"));

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out())
                .contains(
                        "to create\nAt the base it is the stack dev of buildkite-fleet, which Pulumi takes for another")
                .doesNotContain("to delete", "DANGER");
    }

    @Test
    void aRenamedStackIsAnotherOneAndTheBaseSaysWhich() throws IOException, InterruptedException {
        project.git("mv", "Pulumi.dev.yaml", "Pulumi.development.yaml");

        assertThat(project.fleet("diff", "development", "--base", "HEAD")).isZero();
        assertThat(project.out()).contains("At the base it is the stack dev of buildkite-fleet, which");
    }

    @Test
    void anotherProgramMakesItsOwnPlanOnce() throws IOException, InterruptedException {
        changeTheProgram();

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out())
                .matches("(?s)dev against HEAD: \\d+ to create\n.*")
                .contains("unknown");
        assertThat(Files.readAllLines(runs)).containsExactly("preview dev --json");
        nothingIsLeft();
    }

    @Test
    void otherPinsAreAnotherProgram() throws IOException, InterruptedException {
        project.write("pins.json", "{}");

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(Files.readAllLines(runs)).containsExactly("preview dev --json");
        nothingIsLeft();
    }

    @Test
    void theCommitOfAProgramSaysWhetherItIsAllInIt() throws IOException, InterruptedException {
        var commit = project.git("rev-parse", "--short=12", "HEAD").strip();
        assertThat(ProgramCommit.of(project.file(""))).isEqualTo(commit);
        changeTheProgram();
        assertThat(ProgramCommit.of(project.file(""))).isEqualTo(commit + " with changes that are in no commit");
    }

    @Test
    void aRepositoryThatGitRefusesIsToldInItsWords() throws IOException {
        project.write(".git/config", "[core]\n\trepositoryformatversion = 99\n");
        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isOne();
        assertThat(project.err()).contains("; git says: ", "99");
    }

    @Test
    void outsideOfGitTheCommitIsUnknown(@TempDir Path elsewhere) {
        assertThat(ProgramCommit.of(elsewhere)).isEqualTo("unknown");
    }

    @Test
    void aBaseThatCannotBeBuiltIsSaidAndLeavesNothing() throws IOException, InterruptedException {
        project.write("broken", "");
        project.commit();
        changeTheProgram();

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isEqualTo(1);
        assertThat(project.err()).contains("fails:\ncannot find symbol: Foo");
        nothingIsLeft();
    }

    /** Ctrl-C ends both. */
    @Test
    void aBaseThatSomebodyStopsIsNotSaidToFail() throws IOException, InterruptedException {
        project.write("stopped", "");
        project.commit();
        changeTheProgram();

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isEqualTo(1);
        assertThat(project.err())
                .contains(" was stopped")
                .doesNotContain("fails")
                .hasLineCount(1);
        nothingIsLeft();
    }

    @Test
    void aBaseWhoseStackIsWrongIsSaidToBeTheBase() throws IOException, InterruptedException {
        project.replace("region: us-west1", "region: west");
        project.commit();
        project.replace("region: west", "region: us-west1");

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isEqualTo(1);
        assertThat(project.err()).startsWith("the base ").contains(" is wrong: Pulumi.dev.yaml: ", "got \"west\"");
        nothingIsLeft();
    }

    @Test
    void aStackThatIsNotThereIsNew() throws IOException {
        Files.copy(project.file("Pulumi.dev.yaml"), project.file("Pulumi.stage.yaml"));

        assertThat(project.fleet("diff", "stage", "--base", "HEAD")).isZero();
        assertThat(project.out()).contains("There is no such stack at the base: everything is new.");
    }

    @Test
    void aStackInADirectoryOfItsOwnIsNotNew() throws IOException, InterruptedException {
        moveTheStack();
        project.commit();
        var moved = project.file("stacks/Pulumi.dev.yaml");
        Files.writeString(moved, Files.readString(moved).replace("max: 4}\n      light", "max: 6}\n      light"));

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out()).startsWith("dev against HEAD: 4 to update");
    }

    @Test
    void aStackThatWasElsewhereIsNotNew() throws IOException, InterruptedException {
        moveTheStack();

        assertThat(project.fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(project.out()).doesNotContain("everything is new");
        assertThat(Files.readAllLines(runs)).containsExactly("preview dev --json");
        nothingIsLeft();
    }

    private void moveTheStack() throws IOException {
        project.write("Pulumi.yaml", Files.readString(project.file("Pulumi.yaml")) + "stackConfigDir: stacks\n");
        project.write("stacks/Pulumi.dev.yaml", Files.readString(project.file("Pulumi.dev.yaml")));
        Files.delete(project.file("Pulumi.dev.yaml"));
    }

    @Test
    void whatIsNeitherFileNorRevisionIsSaid() {
        assertThat(project.fleet("diff", "dev", "--base", "--help-me")).isNotZero();
        assertThat(project.fleet("diff", "dev", "--base", "nowhere")).isEqualTo(1);
        assertThat(project.err()).contains("--base nowhere: is neither a file nor a revision of this repository");
    }

    private void changeTheProgram() throws IOException {
        project.write("src/main/New.java", "");
    }

    private void nothingIsLeft() throws IOException, InterruptedException {
        assertThat(project.git("worktree", "list").lines()).hasSize(1);
    }
}
