package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which builds run on a trusted queue: the real agent, git's own server, and a repository that has forks. */
@Tag("engine")
class BuildsUnderAgentTest {
    private static final String REPOSITORY = "git@github.com:acme/app.git";
    private static final String OTHER = "git@github.com:acme/tools.git";

    @TempDir
    static Path origins;

    @TempDir
    Path directory;

    private static GitServer server;
    private static Map<String, String> commits;

    private final BuildkiteAgent agent = BuildkiteAgent.find();

    @BeforeAll
    static void aRepositoryWithForks() throws Exception {
        commits = ForkedRepository.in(origins.resolve("app"));
        server = GitServer.of(origins);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("io.buildkitefleet.hooks.BuildCase#allowed")
    void whatIsOursRuns(BuildCase build) throws Exception {
        try (var api = AgentApi.withJob(job(build))) {
            var log = run(api, build);

            assertThat(log + api.log()).doesNotContain("fleet: refused");
            assertThat(api.log()).contains("ran: ");
            assertThat(api.end("exit_status")).hasValue("0");
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @MethodSource("io.buildkitefleet.hooks.BuildCase#attacks")
    void whatIsNotIsRefusedBeforeItRuns(BuildCase build) throws Exception {
        try (var api = AgentApi.withJob(job(build))) {
            var log = run(api, build);

            assertThat(log + api.log())
                    .contains("fleet: refused: ", named(build.because()))
                    .doesNotContain("ran: ", "x-buildkite-plugin.git");
            assertThat(api.end("exit_status")).isNotEqualTo(Optional.of("0"));
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        }
    }

    /** The agent keeps the checkout on a mac, and in a pod where the queue has a warm directory for it. */
    @Test
    void aKeptCheckoutCarriesNoHookOfAnotherJob() throws Exception {
        var hook =
                "printf '#!/bin/sh\necho ran: hook of before\n' >.git/hooks/post-checkout; chmod +x .git/hooks/post-checkout; "
                        + "git config core.fsmonitor 'echo ran: monitor of before; false'";
        var first = job(BuildCase.allowed().findFirst().orElseThrow());
        first.put("BUILDKITE_COMMAND", hook);
        var build = BuildCase.allowed().skip(1).findFirst().orElseThrow();
        try (var api = AgentApi.withJob(first)) {
            run(api, build);
            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
        }
        try (var api = AgentApi.withJob(job(build))) {
            run(api, build);

            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
            assertThat(api.log()).contains("ran: ours").doesNotContain("of before", "Cloning into");
        }
    }

    /** Git prefers a branch to what was fetched. */
    @ParameterizedTest
    @ValueSource(strings = {"", "only-branch main\n"})
    void aKeptCheckoutLeadsNoBuildToAnOlderCommit(String policy) throws Exception {
        var build = withPolicy("a schedule", policy);
        var first = job(build);
        first.put("BUILDKITE_COMMAND", "git update-ref refs/heads/FETCH_HEAD HEAD~250");
        succeed(first, build);
        var second = job(build);
        second.put("BUILDKITE_COMMAND", "echo at $(git rev-parse HEAD origin/HEAD v1.0^{commit})");

        assertThat(succeed(second, build))
                .contains(String.join(" ", "at", commits.get("main"), commits.get("main"), commits.get("tagged")))
                .doesNotContain("Cloning into");
    }

    @Test
    void aKeptCheckoutBringsNoCommitIntoAnothersPullRequest() throws Exception {
        var build = withPolicy("the test merge of a pull request of ours", "");
        var first = job(withPolicy("a schedule", ""));
        first.put(
                "BUILDKITE_COMMAND",
                "echo 'echo ran: evil' >>run; git add run; git fetch -q origin feature; git update-ref refs/heads/FETCH_HEAD $(git"
                        + " -c user.name=a -c user.email=a@b.c commit-tree $(git write-tree) -p HEAD -p FETCH_HEAD -m Merge)");
        succeed(first, build);

        assertThat(succeed(job(build), build)).contains("ran: ours").doesNotContain("ran: evil");
    }

    @Test
    void aCheckoutThatWasRefusedIsNotKept() throws Exception {
        var build = BuildCase.attacks()
                .filter(attack -> attack.name().equals("a test merge of another commit"))
                .findFirst()
                .orElseThrow();
        try (var api = AgentApi.withJob(job(build))) {
            run(api, build);

            assertThat(api.log()).contains("is no merge of");
        }
        try (var files = Files.walk(directory.resolve("builds"))) {
            assertThat(files).noneMatch(file -> file.endsWith(".git"));
        }
    }

    /** What a checkout says of its branches may be old. */
    @Test
    void aBranchThatOnlyAKeptCheckoutHasIsNone() throws Exception {
        var origin = new GitRepository(origins.resolve("app"));
        origin.git("branch", "short-lived", commits.get("stray"));
        var build = BuildCase.allowed().findFirst().orElseThrow();
        var job = job(build);
        job.put("BUILDKITE_COMMIT", commits.get("stray"));
        job.put("BUILDKITE_BRANCH", "short-lived");
        try (var api = AgentApi.withJob(job)) {
            run(api, build);
            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
        }
        origin.git("branch", "-D", "short-lived");
        try (var api = AgentApi.withJob(job)) {
            run(api, build);

            assertThat(api.log())
                    .contains("fleet: refused: commit " + commits.get("stray"))
                    .contains("its branch was deleted or pushed over since. Rebuild it at Buildkite")
                    .doesNotContain("ran: ");
        }
    }

    /** Mirrors are for every job of a node, and on a mac for every job that there ever is. */
    @Test
    void aMirrorCarriesNoHookOfAnotherJob() throws Exception {
        var build = BuildCase.allowed().findFirst().orElseThrow();
        var first = job(build);
        first.put(
                "BUILDKITE_COMMAND",
                "mkdir -p \"$BUILDKITE_REPO_MIRROR/hooks\"; cd \"$BUILDKITE_REPO_MIRROR/hooks\"; "
                        + "printf '#!/bin/sh\necho ran: hook of before\n' >reference-transaction; chmod +x reference-transaction; "
                        + "git config core.gitProxy 'echo ran: proxy of before'");
        runWithMirror(first, build);
        var mirror = new GitRepository(onlyMirror());
        assertThat(mirror.directory().resolve("hooks/reference-transaction")).exists();

        var origin = new GitRepository(origins.resolve("app"));
        var later = origin.git(
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@b.c",
                "commit-tree",
                "main^{tree}",
                "-p",
                "main",
                "-m",
                "later");
        origin.git("branch", "later", later);
        try {
            var second = job(build);
            second.put("BUILDKITE_COMMIT", later);
            second.put("BUILDKITE_BRANCH", "later");

            assertThat(runWithMirror(second, build))
                    .contains("ran: ours", "is used without these of its settings: core.gitproxy")
                    .doesNotContain("of before", "Cloning a mirror");
            assertThat(mirror.git("cat-file", "-t", later)).isEqualTo("commit");
        } finally {
            origin.git("branch", "-D", "later");
        }
    }

    @Test
    void aServerThatSaysNothingHoldsNoJobForLong() throws Exception {
        var build = BuildCase.allowed().findFirst().orElseThrow();
        var hooks = hooks(build);
        var environment = hooks.file("environment");
        Files.writeString(
                environment,
                Files.readString(environment).replaceFirst("FLEET_SERVER_SECONDS=\\d+", "FLEET_SERVER_SECONDS=2"));
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var api = AgentApi.withJob(job(build))) {
            var address = "git://127.0.0.1:" + silent.getLocalPort() + "/app";
            var log = agent.run(api, directory, hooks, environment(build, address));

            assertThat(log + api.log())
                    .contains("fleet: refused: the server of the repository gave no answer in 2 s")
                    .doesNotContain("ran: ");
            assertThat(api.end("exit_status")).isNotEqualTo(Optional.of("0"));
        }
    }

    @Test
    void theHalvesOfTheTableAreOfOneSize() {
        assertThat(BuildCase.allowed()).hasSameSizeAs(BuildCase.attacks().toList());
    }

    private Map<String, String> job(BuildCase build) {
        var job = HooksUnderAgentTest.job(SafeBuildCase.named("a push").variables());
        job.keySet().removeIf(name -> !name.startsWith("BUILDKITE"));
        job.put("BUILDKITE_COMMIT", "<main>");
        job.put("BUILDKITE_REFSPEC", "");
        build.set().forEach((name, value) -> job.put("BUILDKITE_" + name, value));
        job.putAll(build.raw());
        job.replaceAll((name, value) -> named(value));
        return job;
    }

    /** What must run, on a queue whose policy has this besides. */
    private static BuildCase withPolicy(String name, String policy) {
        return BuildCase.allowed()
                .filter(build -> build.name().equals(name))
                .map(build -> new BuildCase(name, build.set(), build.raw(), policy, build.agent(), build.because()))
                .findFirst()
                .orElseThrow();
    }

    /** Runs a job that ends well; gives its log. */
    private String succeed(Map<String, String> job, BuildCase build) throws Exception {
        try (var api = AgentApi.withJob(job)) {
            var log = run(api, build);
            assertThat(api.end("exit_status")).as(log + api.log()).hasValue("0");
            return api.log();
        }
    }

    private static String named(String text) {
        var named = text;
        for (var commit : commits.entrySet()) {
            named = named.replace("<" + commit.getKey() + ">", commit.getValue());
        }
        return named;
    }

    private String run(AgentApi api, BuildCase build) throws Exception {
        return agent.run(api, directory, hooks(build), environment(build, server.address("app")));
    }

    /** Runs a job that ends well where the agent has mirrors; gives its log. */
    private String runWithMirror(Map<String, String> job, BuildCase build) throws Exception {
        var environment = environment(build, server.address("app"));
        environment.put(
                "BUILDKITE_GIT_MIRRORS_PATH", directory.resolve("mirrors").toString());
        try (var api = AgentApi.withJob(job)) {
            agent.run(api, directory, hooks(build), environment);
            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
            return api.log();
        }
    }

    private Path onlyMirror() throws Exception {
        try (var mirrors = Files.list(directory.resolve("mirrors"))) {
            return mirrors.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private Hooks hooks(BuildCase build) throws Exception {
        return Hooks.in(directory.resolve("hooks-" + System.nanoTime()), SafeBuildCase.policy() + build.policy());
    }

    private Map<String, String> environment(BuildCase build, String address) throws Exception {
        var environment = new TreeMap<>(build.agent());
        var config = directory.resolve("gitconfig");
        Files.writeString(
                config,
                "[url \"" + address + "\"]\n\tinsteadOf = " + REPOSITORY
                        + "\n[url \"git://127.0.0.1:1/none\"]\n\tinsteadOf = " + OTHER + "\n");
        environment.put("GIT_CONFIG_GLOBAL", config.toString());
        return environment;
    }
}
