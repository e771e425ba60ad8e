package io.buildkitefleet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of steps, with programs around them that note their calls. */
class StepsTest {
    @TempDir
    Path project;

    @BeforeEach
    void aCopyWithProgramsThatOnlyNoteTheirCalls() throws IOException {
        copy(".buildkite/steps");
        copy("src/main/resources/hooks-outside");
        Files.createFile(project.resolve("calls"));
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

    @Test
    void aPlanIsMadeByTokensOfTheJobAndKept() throws Exception {
        aDeployer();
        program("fleet", """
                echo "$0 $*" >>calls
                sed -n 's/.*"command": "\\([^"]*\\)".*/\\1/p' "$GOOGLE_APPLICATION_CREDENTIALS" >command
                sh -c "$(cat command)" >>answer
                """);
        assertThat(run(ofMain(), "plan", "prod")).isZero();
        assertThat(calls())
                .containsExactly(
                        "git fetch --quiet origin +refs/heads/main:refs/remotes/origin/main",
                        "git merge-base --is-ancestor HEAD refs/remotes/origin/main",
                        "./fleet preview prod --engine --non-interactive --diff --save-plan plan-prod.json",
                        "buildkite-agent oidc request-token --no-color --audience //iam.googleapis.com/up --lifetime 120"
                                + " --claim organization_id --claim pipeline_id --claim queue_key",
                        "buildkite-agent artifact upload plan-prod.json");
        assertThat(Path.of(Files.readString(project.resolve("command")).strip()))
                .as("gone with the step")
                .doesNotExist();
    }

    @Test
    void anUpdateIsTheOneThatWasPlanned() throws Exception {
        aDeployer();
        assertThat(run(ofMain(), "up", "prod")).isZero();
        assertThat(calls())
                .endsWith(
                        "buildkite-agent artifact download plan-prod.json . --step plan-prod",
                        "./fleet up prod --non-interactive --yes --skip-preview --plan plan-prod.json");
    }

    @Test
    void whereBuildkiteMayBeAskedAnUpdateWaitsForTheJobsThatItWouldStop() throws Exception {
        aDeployer();
        var environment = new TreeMap<>(ofMain());
        environment.put("BUILDKITE_API_TOKEN", "bkua_hunter2");
        assertThat(run(environment, "up", "prod")).isZero();
        assertThat(calls())
                .endsWith("./fleet up prod --non-interactive --yes --skip-preview --plan plan-prod.json --drain");
    }

    @ParameterizedTest
    @CsvSource({
        "BUILDKITE_BRANCH, mine, this build is of mine; stacks are deployed from builds of main",
        "BUILDKITE_PULL_REQUEST, 7, stacks are deployed from builds of main",
        "PULUMI_BACKEND_URL, '', there is no PULUMI_BACKEND_URL and no PULUMI_ACCESS_TOKEN"
    })
    void whatIsNotToBeDeployedIsRefusedBeforeAnythingIsAsked(String variable, String value, String reason)
            throws Exception {
        aDeployer();
        var environment = new TreeMap<>(ofMain());
        environment.put(variable, value);
        assertThat(run(environment, "up", "prod")).isEqualTo(1);
        assertThat(said()).contains("up: ", reason);
        assertThat(calls()).noneMatch(call -> call.contains("fleet") || call.contains("buildkite-agent"));
    }

    @Test
    void aStackWithoutADeployerIsToldOf() throws Exception {
        assertThat(run(ofMain(), "plan", "prod")).isEqualTo(1);
        assertThat(said())
                .contains(
                        "plan: .buildkite/deployers/prod is missing; write it from the stack's outputs, as docs/deployer.md");
    }

    private void aDeployer() throws IOException {
        Files.createDirectories(project.resolve(".buildkite/deployers"));
        Files.writeString(
                project.resolve(".buildkite/deployers/prod"),
                "audience //iam.googleapis.com/up\nservice-account bk-prod-deployer@acme-ci-prod.iam.gserviceaccount.com\n");
    }

    private static Map<String, String> ofMain() {
        return Map.of(
                "BUILDKITE_BRANCH", "main", "BUILDKITE_PULL_REQUEST", "false", "PULUMI_BACKEND_URL", "gs://acme-state");
    }

    private void copy(String from) throws IOException {
        Files.createDirectories(project.resolve(from));
        try (var files = Files.list(Path.of(from))) {
            for (var file : files.toList()) {
                Files.copy(file, project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
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
        var process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(project.resolve("said").toFile());
        process.environment().clear();
        process.environment().put("PATH", project.resolve("bin") + ":" + System.getenv("PATH"));
        process.environment().putAll(environment);
        return process.start().waitFor();
    }

    private String said() throws IOException {
        return Files.readString(project.resolve("said"));
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(project.resolve("calls"));
    }
}
