package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of {@code pre-bootstrap}, on the table of safe builds. */
class SafeBuildsTest {
    @TempDir
    Path directory;

    private Hooks hooks;

    @BeforeEach
    void hooksOfAQueue() throws IOException {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
    }

    static Stream<SafeBuildCase> cases() {
        return SafeBuildCase.all();
    }

    static Stream<SafeBuildCase> casesForEveryAgent() {
        return SafeBuildCase.all().filter(job -> !job.onlyWithJson());
    }

    @ParameterizedTest
    @MethodSource("casesForEveryAgent")
    void anAgentOfOldDecidesAsTheTableSays(SafeBuildCase job) throws Exception {
        check(job, run(linesOf(job)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anAgentThatWritesJsonTooDecidesAsTheTableSays(SafeBuildCase job) throws Exception {
        check(job, run(linesAndJsonOf(job)));
    }

    private static void check(SafeBuildCase job, Hooks.Run run) {
        if (job.isAllowed()) {
            assertThat(run.output()).startsWith("fleet: allowed, source ");
            assertThat(run.exitCode()).isZero();
        } else {
            assertThat(run.output())
                    .startsWith("fleet: refused: ")
                    .contains(job.because().orElseThrow())
                    .contains("docs/safe-builds.md")
                    .contains("queue untrusted")
                    .doesNotContain("MARKER")
                    .matches("[\\x20-\\x7e]*\\n");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void theTableHasEnoughOfEach() {
        assertThat(SafeBuildCase.all().map(SafeBuildCase::name)).doesNotHaveDuplicates();
        for (var kind : SafeBuildCase.Kind.values()) {
            assertThat(cases().filter(job -> job.kind() == kind)).hasSizeGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void withoutAPolicyNothingRuns() throws Exception {
        Files.delete(hooks.file("safe-builds"));
        assertRefused("its agent has no policy of safe builds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"repositories github.com/acme/app", "repository github.com/acme/app x", "repository ", "  "})
    void aPolicyThatCannotBeReadAllowsNothing(String line) throws Exception {
        Files.writeString(hooks.file("safe-builds"), line + "\n" + SafeBuildCase.policy());
        assertRefused("policy of safe builds of its agent cannot be read");
    }

    @Test
    void anEmptyPolicyTrustsNoPush() throws Exception {
        Files.writeString(hooks.file("safe-builds"), "");
        assertRefused("is not one of the fleet's repositories");
    }

    @Test
    void withoutUntrustedQueuesNoneIsNamed() throws Exception {
        Files.writeString(hooks.file("safe-builds"), "team core\n");
        assertThat(run(linesOf(push())).output())
                .contains("docs/safe-builds.md)")
                .doesNotContain("untrusted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"PATH", "LD_LIBRARY_PATH", "DYLD_INSERT_LIBRARIES", "PERL5LIB", "GCONV_PATH", "OPENSSL_CONF"})
    void whereDirectoriesAreKeptProgramsInThemAreNot(String name) throws Exception {
        Files.writeString(hooks.file("safe-builds"), SafeBuildCase.policy() + "keeps-directories yes\n");

        assertThat(run(linesOf(with(name))).output()).contains("it sets " + name);
    }

    private static final String DEPLOYING = """
            deploying-pipeline 0190d2f6-5b4e-4b9c-8f0a-3c1d2e4f5a6b
            deploying-repository github.com/acme/app
            """;

    /** With what the agent and a step say of it. */
    private static SafeBuildCase deployment(String... variables) {
        var all = new LinkedHashMap<>(push().variables());
        all.remove("npm.config.registry-url");
        all.put("BUILDKITE_PIPELINE_ID", "0190d2f6-5b4e-4b9c-8f0a-3c1d2e4f5a6b");
        all.put("BUILDKITE_IMAGE", "pulumi/pulumi:3.207.0");
        all.put("BUILDKITE_AGENT_META_DATA_QUEUE", "deploy");
        for (int i = 0; i < variables.length; i += 2) {
            all.put(variables[i], variables[i + 1]);
        }
        return new SafeBuildCase("", SafeBuildCase.Kind.ALLOWED, all, Optional.empty(), false);
    }

    @Test
    void aJobThatDeploysRunsWithoutVariablesOfItsOwn() throws Exception {
        Files.writeString(hooks.file("safe-builds"), SafeBuildCase.policy() + DEPLOYING);

        assertThat(run(linesOf(deployment())).output()).startsWith("fleet: allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JAVA_TOOL_OPTIONS",
                "MAVEN_OPTS",
                "PATH",
                "LD_LIBRARY_PATH",
                "PULUMI_BACKEND_URL",
                "PULUMI_HOME",
                "GOOGLE_APPLICATION_CREDENTIALS",
                "GIT_AUTHOR_NAME",
                "NODE_OPTIONS",
                "BUILDKITE_API_URL",
                "BUILDKITE_GIT_CLONE_FLAGS",
                "BUILDKITE_SHELL",
                "SECRET_JAVA_TOOL_OPTIONS",
                "HTTPS_PROXY",
                "path"
            })
    void whoeverStartsABuildThatDeploysSaysNothingToItsPrograms(String name) throws Exception {
        Files.writeString(hooks.file("safe-builds"), SafeBuildCase.policy() + DEPLOYING);

        var run = run(linesOf(deployment(name, "x")));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("it deploys the stack, and it has variables of its own, " + name + ", by which");
    }

    @Test
    void allVariablesOfAJobThatDeploysAreNamedAtOnce() throws Exception {
        Files.writeString(hooks.file("safe-builds"), SafeBuildCase.policy() + DEPLOYING);

        assertThat(run(linesOf(deployment("MAVEN_OPTS", "x", "NODE_OPTIONS", "y")))
                        .output())
                .contains("variables of its own, MAVEN_OPTS, NODE_OPTIONS, by which");
    }

    @Test
    void otherPipelinesOfThatQueueKeepTheirVariables() throws Exception {
        Files.writeString(hooks.file("safe-builds"), SafeBuildCase.policy() + DEPLOYING);

        var other = deployment("BUILDKITE_PIPELINE_ID", "d18439cc-df59-45b0-97cc-98d7fb69d983", "MAVEN_OPTS", "x");
        assertThat(run(linesOf(other)).output()).startsWith("fleet: allowed");
    }

    @Test
    void anotherRepositoryOfOursDoesNotDeploy() throws Exception {
        Files.writeString(hooks.file("safe-builds"), SafeBuildCase.policy() + DEPLOYING);

        assertThat(run(linesOf(deployment("BUILDKITE_REPO", "git@github.com:acme/tools.git")))
                        .output())
                .contains(
                        "its repository is git@github.com:acme/tools.git, and the stack is deployed from github.com/acme/app");
    }

    /** There the checkout and the command are one process. */
    @ParameterizedTest
    @ValueSource(strings = {"GIT_SSH_COMMAND", "SSH_ASKPASS", "HTTPS_PROXY", "all_proxy", "SSL_CERT_FILE", "CURL_HOME"})
    void outsideOfTheClusterWhereTheCheckoutConnectsIsNotTheSteps(String name) throws Exception {
        assertThat(run(linesOf(with(name))).exitCode()).isZero();
        Files.writeString(hooks.file("google-identity"), "");

        assertThat(run(linesOf(with(name))).output()).contains("it sets " + name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BASH_ENV",
                "BASH_FUNC_git%%",
                "SHELLOPTS",
                "PS4",
                "LD_PRELOAD",
                "LD_AUDIT",
                "HOME",
                "GIT_DIR",
                "GIT_CONFIG_KEY_0",
                "GIT_SSL_CAINFO",
                "GIT_TRACE2_EVENT",
                "BUILDKITE_BOOTSTRAP_PHASES",
                "BUILDKITE_KUBERNETES_EXEC",
                "SSH_PRIVATE_ED25519_KEY"
            })
    void whatWouldActBeforeAnyHookIsRefused(String name) throws Exception {
        var run = run(linesOf(with(name)));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .startsWith("fleet: refused: it sets " + name.replace("%", "?") + ", which would act on the checkout")
                .contains("let its command set it", "docs/safe-builds.md")
                .doesNotContain("approve");
        assertThat(run(linesAndJsonOf(with(name))).output()).isEqualTo(run.output());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ENV",
                "PATH",
                "LD_LIBRARY_PATH",
                "GIT_AUTHOR_NAME",
                "GIT_BRANCH",
                "GIT_LFS_SKIP_SMUDGE",
                "GIT_SSH_COMMAND",
                "BASH",
                "MY_BASH_ENV",
                "SSH_AUTH_SOCK"
            })
    void whatAStepMaySetIsNot(String name) throws Exception {
        assertThat(run(linesOf(with(name))).output()).startsWith("fleet: allowed");
    }

    private static SafeBuildCase with(String name) {
        var variables = new TreeMap<>(push().variables());
        variables.put(name, "x");
        return new SafeBuildCase(name, SafeBuildCase.Kind.ATTACKS, variables, Optional.empty(), false);
    }

    @Test
    void aJobWithoutVariablesIsRefused() throws Exception {
        assertThat(run(Map.of())).isEqualTo(run(Map.of("BUILDKITE_ENV_FILE", "/nowhere")));
        assertThat(run(Map.of()).exitCode()).isEqualTo(1);
        assertThat(run(Map.of()).output()).contains("its variables cannot be read");
    }

    @Test
    void aJobWhoseJsonIsGoneIsRefused() throws Exception {
        var environment = new TreeMap<>(linesOf(push()));
        environment.put("BUILDKITE_ENV_JSON_FILE", "/nowhere");
        assertThat(run(environment).output()).contains("its variables cannot be read");
    }

    /** https://github.com/buildkite/agent/blob/v4.0.0-beta.15/agent/job_runner.go */
    @Test
    void namesWithoutValuesAtTheTopAreTheAgentsOwn() throws Exception {
        var environment = linesAndJsonOf(push());
        var lines = Path.of(environment.get("BUILDKITE_ENV_FILE"));
        Files.writeString(
                lines, "BUILDKITE_GIT_CHECKOUT_FLAGS\nBUILDKITE_AGENT_JWKS_KEY_ID\n" + Files.readString(lines));
        assertThat(run(environment).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0.0-beta.15+9000.0123456", "4.0.0, build x", "12.1.0"})
    void underAnAgentThatLetsTheRepositoryActFirstNoJobRuns(String version) throws Exception {
        var run = run(withAgent("echo buildkite-agent version " + version));

        assertThat(run.output())
                .startsWith("fleet: refused: its agent is of version " + version.split("\\.")[0] + ", under which")
                .doesNotContain("somebody has to approve it");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"echo buildkite-agent version 3.136.2+12345.0123456", "echo version unknown", "echo 4", "exit 4"
            })
    void underAnyOtherAgentJobsRun(String agent) throws Exception {
        assertThat(run(withAgent(agent)).output()).startsWith("fleet: allowed");
    }

    private Map<String, String> withAgent(String script) throws IOException {
        var agent = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("buildkite-agent"),
                "#!/bin/sh\n[ \"$1\" = --version ] || exit 1\n" + script + "\n");
        assertThat(agent.toFile().setExecutable(true)).isTrue();
        var environment = new TreeMap<>(linesOf(push()));
        environment.put("PATH", agent.getParent() + ":" + System.getenv("PATH"));
        return environment;
    }

    @Test
    void theEnvironmentOfTheAgentDecidesNothing() throws Exception {
        var startup = Files.writeString(directory.resolve("startup"), "refuse() { :; }\nexit 0\n");
        var environment = new TreeMap<>(linesOf(SafeBuildCase.named("a pull request from a fork")));
        environment.put("BASH_ENV", startup.toString());
        environment.put("ENV", startup.toString());
        environment.put("BASH_FUNC_refuse%%", "() { :; }");
        environment.put("BASH_FUNC_source%%", "() { exit 0; }");
        environment.put("SHELLOPTS", "noexec");
        environment.put("BUILDKITE_SOURCE", "ui");
        environment.put("JOB_UNBLOCKER_TEAMS", "core");
        environment.put("JOB_SOURCE", "ui");
        assertThat(run(environment).exitCode()).isEqualTo(1);
    }

    @Test
    void aRefusedJobWaitsHalfAMinuteForItsAnnotation() throws Exception {
        Files.writeString(hooks.file("with-timeout"), "echo \"$*\" >called\ncat >>called\n");
        var environment = new TreeMap<>(linesOf(SafeBuildCase.named("a pull request from a fork")));
        environment.put("PATH", System.getenv("PATH"));
        environment.put("BUILDKITE_AGENT_ACCESS_TOKEN", "token");
        environment.put("BUILDKITE_JOB_ID", "1-2");
        var run = run(environment);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("called")))
                .startsWith("30 buildkite-agent annotate --style error --context fleet-safe-builds\n"
                        + "This job was refused: it brings code from a fork");
    }

    @Test
    void valuesAreQuotedAsGoDoes() {
        assertThat(EnvironmentFile.quoted("a\"b\\c\n\t\r\u0007\u0001\u007fü🎉\u00a0\u200b\uFEFF"))
                .isEqualTo("\"a\\\"b\\\\c\\n\\t\\r\\a\\x01\\x7fü🎉\\u00a0\\u200b\\ufeff\"");
    }

    private void assertRefused(String reason) throws Exception {
        var run = run(linesOf(push()));
        assertThat(run.output()).startsWith("fleet: refused: ").contains(reason);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private static SafeBuildCase push() {
        return SafeBuildCase.named("a push");
    }

    private Map<String, String> linesOf(SafeBuildCase job) throws IOException {
        return Map.of(
                "BUILDKITE_ENV_FILE",
                EnvironmentFile.lines(directory, job.variables()).toString());
    }

    private Map<String, String> linesAndJsonOf(SafeBuildCase job) throws IOException {
        var environment = new TreeMap<>(linesOf(job));
        environment.put(
                "BUILDKITE_ENV_JSON_FILE",
                EnvironmentFile.json(directory, job.variables()).toString());
        return environment;
    }

    private Hooks.Run run(Map<String, String> environment) throws Exception {
        return Hooks.run(
                environment, directory, List.of(hooks.file("pre-bootstrap").toString()));
    }
}
