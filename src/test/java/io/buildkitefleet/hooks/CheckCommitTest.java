package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check-commit} says of a checkout that only newer agents make. */
class CheckCommitTest {
    @TempDir
    static Path origins;

    @TempDir
    Path directory;

    private static Map<String, String> commits;

    private final Map<String, String> variables = new TreeMap<>();
    private Hooks hooks;
    private GitRepository checkout;

    @BeforeAll
    static void aRepositoryWithForks() throws Exception {
        commits = ForkedRepository.in(origins.resolve("app"));
    }

    @BeforeEach
    void aCheckout() throws Exception {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
        checkout = GitRepository.in(directory.resolve("checkout"));
        checkout.git("fetch", "--quiet", origins.resolve("app").toString(), "+refs/*:refs/origin/*");
        SafeBuildCase.named("a pull request from a branch of ours").variables().forEach((name, value) -> {
            if (name.startsWith("BUILDKITE")) {
                variables.put(name, value);
            }
        });
        variables.put("BUILDKITE_PULL_REQUEST_USING_MERGE_REFSPEC", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "feature"})
    void theTestMergeOfAPullRequestOfOursRuns(String commit) throws Exception {
        assertThat(after(commit, "feature", "merge")).isEqualTo(new Hooks.Run(0, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"merge-of-fork", "fork", "main"})
    void whatIsNoMergeOfTheHeadDoesNotRun(String at) throws Exception {
        var run = after("HEAD", "feature", at);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("fleet: refused: the checkout is at " + commits.get(at) + ", which is no merge of "
                        + commits.get("feature"));
    }

    @Test
    void aMergeOfThreeIsNone() throws Exception {
        checkout.git("checkout", "--quiet", "--detach", commits.get("main"));
        var tree = checkout.git("rev-parse", "HEAD^{tree}");
        var three = checkout.git(
                "-c",
                "user.name=Mallory",
                "-c",
                "user.email=mallory@example.com",
                "commit-tree",
                "-m",
                "x",
                "-p",
                commits.get("main"),
                "-p",
                commits.get("feature"),
                "-p",
                commits.get("fork"),
                tree);
        checkout.git("checkout", "--quiet", "--detach", three);

        assertThat(run("HEAD", "feature").output()).contains("is no merge of " + commits.get("feature"));
    }

    @Test
    void aMergeThatNobodyAskedForDoesNotRun() throws Exception {
        variables.remove("BUILDKITE_PULL_REQUEST_USING_MERGE_REFSPEC");

        assertThat(after("feature", "", "merge").output())
                .contains("fleet: refused: the checkout is at " + commits.get("merge") + ", but the build is of "
                        + commits.get("feature"));
    }

    @Test
    void aPluginThatLeavesNoRepositoryIsToldTheWayOut() throws Exception {
        checkout = new GitRepository(java.nio.file.Files.createDirectories(directory.resolve("empty")));
        variables.put("GIT_CEILING_DIRECTORIES", directory.toString());

        var run = run("feature", "feature");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("fleet: refused: its checkout has no commit to compare")
                .contains("has to leave a repository there");
    }

    /** https://github.com/buildkite/agent/blob/v3.78.0/internal/job/checkout.go, resolveCommit */
    @Test
    void whatTheAgentSaysOfTheCommitAfterwardsCountsForNothing() throws Exception {
        variables.remove("BUILDKITE_PULL_REQUEST_USING_MERGE_REFSPEC");
        variables.put("FLEET_COMMIT", commits.get("feature"));

        assertThat(after("fork", "", "fork").output())
                .contains("the checkout is at " + commits.get("fork") + ", but the build is of "
                        + commits.get("feature"));
    }

    private Hooks.Run after(String commit, String head, String at) throws Exception {
        checkout.git("checkout", "--quiet", "--detach", commits.get(at));
        return run(commit, head);
    }

    private Hooks.Run run(String commit, String head) throws Exception {
        variables.put("BUILDKITE_COMMIT", commits.getOrDefault(commit, commit));
        variables.putIfAbsent("FLEET_COMMIT", variables.get("BUILDKITE_COMMIT"));
        variables.put("BUILDKITE_PULL_REQUEST_HEAD_COMMIT", commits.getOrDefault(head, head));
        variables.put("PATH", System.getenv("PATH"));
        return Hooks.run(
                variables,
                checkout.directory(),
                List.of("bash", "-p", hooks.file("check-commit").toString(), "after"));
    }
}
