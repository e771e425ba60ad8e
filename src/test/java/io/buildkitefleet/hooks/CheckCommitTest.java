package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private GitRepository origin;

    @BeforeAll
    static void aRepositoryWithForks() throws Exception {
        commits = ForkedRepository.in(origins.resolve("app"));
    }

    @BeforeEach
    void aCheckout() throws Exception {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
        checkout = GitRepository.in(directory.resolve("checkout"));
        origin = new GitRepository(origins.resolve("app"));
        checkout.git("fetch", "--quiet", origin.directory().toString(), "+refs/*:refs/origin/*");
        SafeBuildCase.named("a pull request from a branch of ours").variables().forEach((name, value) -> {
            if (name.startsWith("BUILDKITE")) {
                variables.put(name, value);
            }
        });
        variables.put("BUILDKITE_PULL_REQUEST_USING_MERGE_REFSPEC", "true");
        variables.put("BUILDKITE_PULL_REQUEST", "8");
        var config = origin.standingFor(directory.resolve("gitconfig"), List.of("git@github.com:acme/app.git"));
        variables.put("GIT_CONFIG_GLOBAL", config.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "feature"})
    void theTestMergeOfAPullRequestOfOursRuns(String commit) throws Exception {
        assertThat(after(commit, "feature", "merge")).isEqualTo(new Hooks.Run(0, ""));
    }

    /** A shallow checkout has no parents of its oldest commit. */
    @Test
    void theTestMergeRunsOfAShallowCheckout() throws Exception {
        checkout = GitRepository.in(directory.resolve("shallow"));
        checkout.git("fetch", "--quiet", "--depth=1", "file://" + origin.directory(), "refs/pull/8/merge");
        checkout.git("checkout", "--quiet", "--detach", "FETCH_HEAD");
        assertThat(checkout.git("rev-list", "--parents", "HEAD")).isEqualTo(commits.get("merge"));

        assertThat(run("HEAD", "feature")).isEqualTo(new Hooks.Run(0, ""));
    }

    @Test
    void theMergeOfBeforeTheCheckoutRunsThoughTheBaseHasMovedOn() throws Exception {
        variables.put("FLEET_TIP", merge("ours, of before"));

        assertThat(run("HEAD", "feature")).isEqualTo(new Hooks.Run(0, ""));
    }

    /** Whoever writes a commit names its parents. */
    @Test
    void aMergeThatTheServerDoesNotHaveDoesNotRun() throws Exception {
        var evil = merge("evil");

        var run = run("HEAD", "feature");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("fleet: refused: the checkout is at " + evil)
                .contains("has as refs/pull/8/merge; if the base branch has just moved on, retry the job");
    }

    @ParameterizedTest
    @ValueSource(strings = {"only-branch *\n", "only-branch main\n", "upload-only yes\n"})
    void aQueueForBranchesSaysWhyItRunsNoTestMerge(String policy) throws Exception {
        hooks = Hooks.in(directory.resolve("hooks-for-branches"), SafeBuildCase.policy() + policy);

        assertThat(after("HEAD", "feature", "merge").output())
                .contains("fleet: refused: the build is of the test merge of a pull request, which is on no branch")
                .contains("switch \"Build the test merge commit\" off in the settings of the pipeline");
    }

    @Test
    void aBranchThatMovedOnMeanwhileRuns() throws Exception {
        ofBranch("main~250");

        assertThat(after("HEAD", "", "main~5")).isEqualTo(new Hooks.Run(0, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"main~250", "feature", "fork"})
    void whatIsNotAfterTheTipOfTheBranchDoesNotRun(String at) throws Exception {
        ofBranch("main~5");

        assertThat(after("HEAD", "", at).output())
                .contains("fleet: refused: the checkout is at " + commits.get(at) + ", which is not what main,")
                .contains("(" + commits.get("main~5") + "), nor a later commit of it");
    }

    @Test
    void aCommitOfLongHashesIsLookedUp() throws Exception {
        origin = new GitRepository(Files.createDirectories(directory.resolve("long")));
        origin.git("init", "--quiet", "--initial-branch=main", "--object-format=sha256");
        var older = origin.commit("echo older");
        origin.commit("echo newer");
        origin.standingFor(directory.resolve("gitconfig"), List.of("git@github.com:acme/app.git"));
        SafeBuildCase.named("a push").variables().forEach((name, value) -> {
            if (name.startsWith("BUILDKITE")) {
                variables.put(name, value);
            }
        });

        assertThat(run("before", older, "")).isEqualTo(new Hooks.Run(0, ""));
        assertThat(run("before", older.replaceAll("[0-7]", "8"), "").output()).contains("is on no branch of");
    }

    /** The job's processes are no foreground of any terminal, so that an answer could not be read. */
    @Test
    void sshAndGitAskNobody() throws Exception {
        var ssh = Files.writeString(
                directory.resolve("ssh"), "#!/bin/sh\necho \"ssh $* $GIT_TERMINAL_PROMPT\" >&2\nexit 255\n");
        assertThat(ssh.toFile().setExecutable(true)).isTrue();
        var check = hooks.file("check-commit");
        Files.writeString(check, Files.readString(check).replace("\nPAUSE=2\n", "\nPAUSE=0\n"));
        variables.put("GIT_CONFIG_GLOBAL", "/dev/null");
        variables.put("GIT_SSH_COMMAND", ssh + " -o UserKnownHostsFile=/hosts");

        assertThat(run("before", "HEAD", "feature").output())
                .contains("ssh -o UserKnownHostsFile=/hosts -o BatchMode=yes ")
                .contains(" 0\n");
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
        checkout = new GitRepository(Files.createDirectories(directory.resolve("empty")));
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

    /** Checks out a merge of the pull request, made here and not at the server. */
    private String merge(String message) throws Exception {
        var identity = List.of("-c", "user.name=Mallory", "-c", "user.email=mallory@example.com");
        var command = new ArrayList<>(identity);
        command.addAll(List.of("commit-tree", "-m", message, "-p", commits.get("main"), "-p", commits.get("feature")));
        command.add(commits.get("fork") + "^{tree}");
        var merge = checkout.git(command.toArray(String[]::new));
        checkout.git("checkout", "--quiet", "--detach", merge);
        return merge;
    }

    /** A build of the branch main, which was there when the job began. */
    private void ofBranch(String tip) {
        variables.put("BUILDKITE_PULL_REQUEST_USING_MERGE_REFSPEC", "false");
        variables.put("BUILDKITE_PULL_REQUEST", "false");
        variables.put("BUILDKITE_PULL_REQUEST_REPO", "");
        variables.put("BUILDKITE_BRANCH", "main");
        variables.put("BUILDKITE_SOURCE", "schedule");
        variables.put("FLEET_TIP", commits.get(tip));
    }

    private Hooks.Run after(String commit, String head, String at) throws Exception {
        checkout.git("checkout", "--quiet", "--detach", commits.get(at));
        return run(commit, head);
    }

    private Hooks.Run run(String commit, String head) throws Exception {
        return run("after", commit, head);
    }

    private Hooks.Run run(String when, String commit, String head) throws Exception {
        variables.put("BUILDKITE_COMMIT", commits.getOrDefault(commit, commit));
        variables.putIfAbsent("FLEET_COMMIT", variables.get("BUILDKITE_COMMIT"));
        variables.put("BUILDKITE_PULL_REQUEST_HEAD_COMMIT", commits.getOrDefault(head, head));
        variables.put("PATH", System.getenv("PATH"));
        return Hooks.run(
                variables,
                checkout.directory(),
                List.of("bash", "-p", hooks.file("check-commit").toString(), when));
    }
}
