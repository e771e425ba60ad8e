package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack against another revision of its repository. */
class DiffRevisionTest {
    /** Stands in for the launcher of the base: counts its runs, and prints a plan without any resource. */
    private static final String LAUNCHER = """
            #!/bin/sh
            echo "$*" >> "%s"
            [ -e broken ] && { echo "cannot find symbol: Foo" >&2; exit 1; }
            echo '{"steps": []}'
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Path project;
    private Path runs;

    @BeforeEach
    void aRepositoryWithTheProject() throws IOException, InterruptedException {
        project = Files.createDirectory(directory.resolve("repository"));
        runs = directory.resolve("runs");
        for (var file : List.of("Pulumi.yaml", "Pulumi.dev.yaml")) {
            Files.copy(Path.of(file), project.resolve(file));
        }
        var launcher = Files.writeString(project.resolve("fleet"), LAUNCHER.formatted(runs));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(project.resolve(".gitignore"), "target/\n");
        git("init", "--quiet");
        commit();
    }

    /** The program is the same, so that it need not be built again. */
    @Test
    void aChangeOfAStackIsComparedWithoutABuild() throws IOException, InterruptedException {
        replace("max: 4}\n      light", "max: 6}\n      light");

        assertThat(fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(out.toString())
                .startsWith("dev against HEAD: 4 to update")
                .contains("autoscaling.totalMaxNodeCount: 4 → 6", "Queue big: maxNodes 4 → 6");
        assertThat(runs).doesNotExist();
        nothingIsLeft();
    }

    @Test
    void anotherProgramMakesItsOwnPlanOnce() throws IOException, InterruptedException {
        changeTheProgram();

        assertThat(fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(fleet("diff", "dev", "--base", "HEAD")).isZero();
        assertThat(out.toString())
                .matches("(?s)dev against HEAD: \\d+ to create\n.*")
                .contains("unknown");
        assertThat(Files.readAllLines(runs)).containsExactly("preview dev --json");
        nothingIsLeft();
    }

    @Test
    void aBaseThatCannotBeBuiltIsSaidAndLeavesNothing() throws IOException, InterruptedException {
        Files.writeString(project.resolve("broken"), "");
        commit();
        changeTheProgram();

        assertThat(fleet("diff", "dev", "--base", "HEAD")).isEqualTo(1);
        assertThat(err.toString()).contains("fails:\ncannot find symbol: Foo");
        nothingIsLeft();
    }

    @Test
    void aBaseWhoseStackIsWrongIsSaidToBeTheBase() throws IOException, InterruptedException {
        replace("region: us-west1", "region: west");
        commit();
        replace("region: west", "region: us-west1");

        assertThat(fleet("diff", "dev", "--base", "HEAD")).isEqualTo(1);
        assertThat(err.toString()).startsWith("the base ").contains(" is wrong: Pulumi.dev.yaml: ", "got \"west\"");
        nothingIsLeft();
    }

    @Test
    void aStackThatIsNotThereIsNew() throws IOException {
        Files.copy(project.resolve("Pulumi.dev.yaml"), project.resolve("Pulumi.stage.yaml"));

        assertThat(fleet("diff", "stage", "--base", "HEAD")).isZero();
        assertThat(out.toString()).contains("There is no such stack at the base: everything is new.");
    }

    @Test
    void whatIsNeitherFileNorRevisionIsSaid() {
        assertThat(fleet("diff", "dev", "--base", "--help-me")).isNotZero();
        assertThat(fleet("diff", "dev", "--base", "nowhere")).isEqualTo(1);
        assertThat(err.toString()).contains("--base nowhere: is neither a file nor a revision of this repository");
    }

    private void changeTheProgram() throws IOException {
        Files.writeString(Files.createDirectories(project.resolve("src/main")).resolve("New.java"), "");
    }

    private void replace(String text, String by) throws IOException {
        var file = project.resolve("Pulumi.dev.yaml");
        var before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, by));
    }

    private void nothingIsLeft() throws IOException, InterruptedException {
        assertThat(git("worktree", "list").lines()).hasSize(1);
    }

    private int fleet(String... arguments) {
        var all = new ArrayList<>(List.of("-C", project.toString()));
        all.addAll(List.of(arguments));
        return FleetCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private void commit() throws IOException, InterruptedException {
        git("add", "--all");
        git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "--message", "x");
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git", "-C", project.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
