package io.buildkitefleet.hooks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The repository of {@code builds.yaml}, as a server like GitHub has it: the commits of forks are there, on no branch.
 */
final class ForkedRepository {
    private static final int COMMITS = 300;

    private final GitRepository git;
    private final Map<String, String> commits = new TreeMap<>();

    private ForkedRepository(GitRepository git) {
        this.git = git;
    }

    /** Makes it, and gives its commits by their names in the table. */
    static Map<String, String> in(Path directory) throws Exception {
        var repository = new ForkedRepository(GitRepository.in(directory));
        repository.git.git("config", "uploadpack.allowFilter", "true");
        repository.main();
        repository.branches();
        repository.withoutBranch();
        repository.merges();
        repository.git.git("checkout", "--quiet", "main");
        return repository.commits;
    }

    private void main() throws Exception {
        git.commit("echo ran: ours");
        var history = new StringBuilder();
        for (int number = 1; number < COMMITS; number++) {
            history.append("commit refs/heads/main\ncommitter Carol <carol@acme.example> ")
                    .append(1_700_000_000 + number)
                    .append(" +0000\ndata 1\nx\n");
            if (number == 1) {
                history.append("from refs/heads/main^0\n");
            }
            history.append('\n');
        }
        var file = Files.writeString(git.directory().resolveSibling("history"), history);
        Hooks.run(
                Map.of("PATH", System.getenv("PATH")),
                git.directory(),
                List.of("sh", "-ec", "git fast-import --quiet <\"$1\"", "sh", file.toString()));
        git.git("reset", "--quiet", "--hard");
        name("main", "main");
        name("main~5", "main~5");
        name("main~250", "main~250");
    }

    private void branches() throws Exception {
        on("feature", "main~3", "ours, a feature");
        name("feature", "feature");
        git.git("update-ref", "refs/pull/8/head", "feature");
        for (var branch : new String[] {
            "renovate/(non-major)-#12-ü",
            "changes/2024-release",
            "for/qa",
            "release/1.2",
            "both",
            "fix/👩‍💻",
            "pull/request-template"
        }) {
            git.git("branch", branch, "main~1");
        }
        on("gh-readonly-queue/main/pr-8-83a20ec0", "main", "ours, queued");
        name("queued", "HEAD");
    }

    private void withoutBranch() throws Exception {
        lost("tagged", "tag v1.0", "refs/tags/v1.0", "ours, a release");
        git.git("tag", "both", "v1.0");
        lost("fork", "a fork", "refs/pull/7/head", "fork");
        lost("gone", "a branch that is gone", "refs/pull/9/head", "ours, gone");
        lost("stray", "a push over", "refs/keep/stray", "ours, pushed over");
        git.git("config", "transfer.hideRefs", "refs/keep");
    }

    private void merges() throws Exception {
        merge("merge", "refs/pull/8/merge", "feature");
        merge("merge-of-fork", "refs/pull/7/merge", "refs/pull/7/head");
    }

    private void merge(String name, String ref, String head) throws Exception {
        git.git("checkout", "--quiet", "--detach", "main");
        git.git(
                "-c",
                "user.name=GitHub",
                "-c",
                "user.email=noreply@github.com",
                "merge",
                "--quiet",
                "--no-ff",
                "--strategy-option=theirs",
                "--message=Merge",
                head);
        git.git("update-ref", ref, "HEAD");
        name(name, "HEAD");
    }

    private void on(String branch, String base, String text) throws Exception {
        git.git("checkout", "--quiet", "-b", branch, base);
        git.commit("echo ran: " + text);
    }

    private void lost(String name, String branch, String ref, String text) throws Exception {
        git.git("checkout", "--quiet", "--detach", "main~2");
        git.commit("echo ran: " + text + " # " + branch);
        git.git("update-ref", ref, "HEAD");
        name(name, "HEAD");
    }

    private void name(String name, String revision) throws Exception {
        commits.put(name, git.git("rev-parse", revision));
    }
}
