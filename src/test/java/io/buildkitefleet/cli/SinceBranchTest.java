package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The line under a preview that says what has changed since main. */
class SinceBranchTest {
    private static final String MORE_NODES = "max: 6}\n      light";

    @TempDir
    private Path directory;

    private ProjectRepository project;

    @BeforeEach
    void aRepositoryWithTheProject() throws IOException, InterruptedException {
        project = new ProjectRepository(directory.resolve("repository"));
        project.git("branch", "-M", "main");
    }

    private Optional<String> line(String... others) {
        var words = new ArrayList<>(List.of("preview", "dev", "--summary"));
        words.addAll(List.of(others));
        assertThat(project.fleet(words.toArray(String[]::new)))
                .as(project.err())
                .isZero();
        return project.out().lines().filter(line -> line.startsWith("Since ")).reduce((first, last) -> last);
    }

    private String main() throws IOException, InterruptedException {
        return project.git("rev-parse", "main").substring(0, 12);
    }

    @Test
    void whereNothingHasChangedThereIsNone() {
        assertThat(line()).isEmpty();
    }

    @Test
    void aChangeIsCountedAsADiffCountsIt() throws IOException, InterruptedException {
        project.replace("max: 4}\n      light", MORE_NODES);
        assertThat(line())
                .contains("Since main (" + main() + "): 4 to update; each: ./fleet diff dev --base " + main());

        assertThat(project.fleet("diff", "dev", "--base", main())).isZero();
        assertThat(project.out()).contains("dev against " + main() + ": 4 to update\n");
    }

    @Test
    void aFileThatTheStackTakesFromCounts() throws IOException, InterruptedException {
        project.write("shared/base.yaml", "config: {buildkite-fleet:fleet: {pools: {big: {max: 4}}}}\n");
        project.replace("capacity: preemptible, max: 4}\n      light", "capacity: preemptible}\n      light");
        project.replace("organization: acme", "extends: shared/base.yaml\n    organization: acme");
        project.commit();
        assertThat(line()).isEmpty();

        project.write("shared/base.yaml", "config: {buildkite-fleet:fleet: {pools: {big: {max: 6}}}}\n");
        assertThat(line()).hasValueSatisfying(text -> assertThat(text).contains("): 4 to update; "));
    }

    @Test
    void onABranchWhatOthersDoOnMainDoesNotCount() throws IOException, InterruptedException {
        var left = main();
        project.git("checkout", "--quiet", "-b", "mine");
        project.git("checkout", "--quiet", "main");
        project.replace("max: 4}\n      light", MORE_NODES);
        project.commit();
        project.git("checkout", "--quiet", "mine");
        assertThat(line()).isEmpty();

        project.replace("protect: false", "protect: true");
        assertThat(line()).hasValueSatisfying(text -> assertThat(text).startsWith("Since main (" + left + "): "));
    }

    @Test
    void theBranchOfTheServerComesFirstByItsOwnName() throws IOException, InterruptedException {
        project.git("update-ref", "refs/remotes/origin/trunk", "HEAD");
        project.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk");
        project.replace("max: 4}\n      light", MORE_NODES);
        assertThat(line()).hasValueSatisfying(text -> assertThat(text).startsWith("Since origin/trunk ("));
    }

    @Test
    void aStackThatMainDoesNotHaveIsNew() throws IOException {
        project.write(
                "Pulumi.ci.yaml",
                Files.readString(project.file("Pulumi.dev.yaml")).replace("acme-ci-dev", "acme-ci"));
        assertThat(project.fleet("preview", "ci", "--summary")).isZero();
        assertThat(project.out()).contains("): the stack is new\n");
    }

    /** Only its own program knows what it made of the stack, and that is not built for a line. */
    @Test
    void anotherProgramIsNamedAndNotBuilt() throws IOException, InterruptedException {
        project.write("pom.xml", "<project/>");
        assertThat(line())
                .contains("Since main (" + main()
                        + "): the program has changed; what that does: ./fleet diff dev --base " + main());
    }

    @Test
    void whatThisProgramRefusesIsNotCompared() throws IOException, InterruptedException {
        project.replace("max: 4}\n      light", "max: many}\n      light");
        project.commit();
        project.replace("max: many", "max: 4");
        assertThat(line()).hasValueSatisfying(text -> assertThat(text).contains("this program refuses what it was"));
    }

    @Test
    void itIsOfTheStacksOwnFileAlone() throws IOException {
        project.replace("max: 4}\n      light", MORE_NODES);
        assertThat(line("--config-file", project.file("Pulumi.dev.yaml").toString()))
                .isEmpty();
    }

    @Test
    void toolsDoNotGetIt() throws IOException {
        project.replace("max: 4}\n      light", MORE_NODES);
        assertThat(project.fleet("preview", "dev", "--json")).isZero();
        assertThat(project.out()).doesNotContain("Since main");
    }
}
