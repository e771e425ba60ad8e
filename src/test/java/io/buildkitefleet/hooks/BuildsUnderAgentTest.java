package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
            assertThat(api.end("exit_status")).isNotEqualTo(java.util.Optional.of("0"));
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        }
    }

    /** The agent keeps the checkout on a mac, and in a pod where the queue has a warm directory for it. */
    @Test
    void aKeptCheckoutCarriesNoHookOfAnotherJob() throws Exception {
        var hook =
                "printf '#!/bin/sh\necho ran: hook of before\n' >.git/hooks/post-checkout; chmod +x .git/hooks/post-checkout; "
                        + "git config core.fsmonitor 'echo ran: monitor of before; false'";
        var first = new TreeMap<>(job(BuildCase.allowed().findFirst().orElseThrow()));
        first.put("BUILDKITE_COMMAND", hook);
        var build = BuildCase.allowed().skip(1).findFirst().orElseThrow();
        try (var api = AgentApi.withJob(first)) {
            run(api, build);
            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
        }
        var second = new TreeMap<>(job(build));
        try (var api = AgentApi.withJob(second)) {
            run(api, build);

            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
            assertThat(api.log()).contains("ran: ours").doesNotContain("of before", "Cloning into");
        }
    }

    /** What a checkout says of its branches may be old. */
    @Test
    void aBranchThatOnlyAKeptCheckoutHasIsNone() throws Exception {
        var origin = new GitRepository(origins.resolve("app"));
        origin.git("branch", "short-lived", commits.get("stray"));
        var build = BuildCase.allowed().findFirst().orElseThrow();
        var job = new TreeMap<>(job(build));
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

    private static String named(String text) {
        var named = text;
        for (var commit : commits.entrySet()) {
            named = named.replace("<" + commit.getKey() + ">", commit.getValue());
        }
        return named;
    }

    private String run(AgentApi api, BuildCase build) throws Exception {
        var hooks = Hooks.in(directory.resolve("hooks-" + System.nanoTime()), SafeBuildCase.policy() + build.policy());
        var environment = new TreeMap<>(build.agent());
        var config = directory.resolve("gitconfig");
        Files.writeString(
                config,
                "[url \"" + server.address("app") + "\"]\n\tinsteadOf = " + REPOSITORY
                        + "\n[url \"git://127.0.0.1:1/none\"]\n\tinsteadOf = " + OTHER + "\n");
        environment.put("GIT_CONFIG_GLOBAL", config.toString());
        return agent.run(api, directory, hooks, environment);
    }
}
