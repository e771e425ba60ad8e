package io.buildkitefleet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the review, with programs around them that note their calls. */
class StepsTest {
    @TempDir
    Path project;

    @BeforeEach
    void aCopyWithProgramsThatOnlyNoteTheirCalls() throws IOException {
        Files.createDirectories(project.resolve(".buildkite/steps"));
        Files.copy(Path.of(".buildkite/steps/review"), project.resolve(".buildkite/steps/review"));
        program("fleet", "echo \"$0 $*\" >>calls; echo report >review.md; exit \"${REVIEW_STATUS:-0}\"");
        program(
                "bin/buildkite-agent",
                "echo \"buildkite-agent $*\" >>calls; [ \"$1\" != annotate ] || cat >annotation");
        program("bin/git", "echo \"git $*\" >>calls");
    }

    @Test
    void aReviewIsAgainstTheBranchThatAPullRequestIsFor() throws Exception {
        assertThat(run(Map.of("BUILDKITE_PULL_REQUEST_BASE_BRANCH", "main"), "review", "dev", "prod"))
                .isZero();
        assertThat(calls())
                .containsExactly(
                        "git fetch --quiet origin +refs/heads/main:refs/remotes/origin/main",
                        "./fleet review dev prod --base origin/main --out review.md --html review.html",
                        "buildkite-agent annotate --context review --style success",
                        "buildkite-agent artifact upload review.html");
        assertThat(project.resolve("annotation")).hasContent("report");
    }

    @Test
    void withoutAPullRequestItIsAgainstTheCommitBefore() throws Exception {
        assertThat(run(Map.of(), "review", "dev")).isZero();
        assertThat(calls()).first().isEqualTo("./fleet review dev --base HEAD~1 --out review.md --html review.html");
    }

    @Test
    void aReviewThatFailsIsShownAllTheSameAndFailsTheStep() throws Exception {
        assertThat(run(Map.of("REVIEW_STATUS", "1"), "review", "dev")).isEqualTo(1);
        assertThat(calls()).contains("buildkite-agent annotate --context review --style error");
    }

    private void program(String path, String script) throws IOException {
        var file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private int run(Map<String, String> environment, String step, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(".buildkite/steps/" + step));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(project.toFile()).inheritIO();
        process.environment().clear();
        process.environment().put("PATH", project.resolve("bin") + ":" + System.getenv("PATH"));
        process.environment().putAll(environment);
        return process.start().waitFor();
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(project.resolve("calls"));
    }
}
