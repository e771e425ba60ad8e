package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.variables.EncryptedVariable;
import io.buildkitefleet.variables.KeyService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks under the real agent, with a job on a real repository: what it reports to Buildkite, and what is left. */
@Tag("engine")
class HooksUnderAgentTest {
    private static final String MARKER = "hunter2-marker";

    @TempDir
    Path directory;

    private final BuildkiteAgent agent = BuildkiteAgent.find();
    private Hooks hooks;
    private GitRepository repository;
    private String ours;
    private String fork;

    @BeforeEach
    void aRepositoryWithAPullRequestFromAFork() throws Exception {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
        repository = GitRepository.in(directory.resolve("origin"));
        ours = repository.commit("echo ran: ours; env | grep -E '_DESTINATION|GCS_'; touch \"$HOME/ran\"");
        repository.git("checkout", "--quiet", "-b", "of-mallory");
        fork = repository.commit("echo ran: fork; touch \"$HOME/ran\"");
        repository.git("update-ref", "refs/pull/7/head", fork);
        repository.git("checkout", "--quiet", "main");
        repository.git("branch", "--quiet", "-D", "of-mallory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a push",
                "a fork that a member of an allowed team unblocked",
                "started by hand, of a commit",
                "a fork's build, rebuilt by hand: its commit is the one that was read",
                "a trigger"
            })
    void whatTheTableAllowsRuns(String name) throws Exception {
        var variables = new TreeMap<>(SafeBuildCase.named(name).variables());
        var commit = variables.get("BUILDKITE_PULL_REQUEST").equals("false") ? ours : fork;
        variables.put("BUILDKITE_COMMIT", commit);
        try (var api = AgentApi.withJob(job(variables))) {
            run(api, Map.of());

            assertThat(api.log()).contains(commit.equals(ours) ? "ran: ours" : "ran: fork");
            assertThat(api.end("exit_status")).hasValue("0");
            assertThat(api.end("signal_reason")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a pull request from a fork",
                "no source",
                "the fork's author wrote a member's name and address into the commit",
                "the message claims to be a variable",
                "a variable's name has a whole variable in it",
                "a repository with a line in it",
                "a step's variables name another repository"
            })
    void whatTheTableRefusesIsNotEvenFetched(String name) throws Exception {
        var refused = SafeBuildCase.named(name);
        try (var api = AgentApi.withJob(job(refused.variables()))) {
            var log = run(api, Map.of());

            assertThat(api.end("exit_status")).hasValue("-1");
            assertThat(api.end("signal_reason")).hasValue("agent_refused");
            assertThat(api.log())
                    .contains("pre-bootstrap hook rejected this job")
                    .doesNotContain("ran:");
            assertThat(log)
                    .contains("fleet: refused: ")
                    .contains(refused.because().orElseThrow());
            assertThat(directory.resolve("home/ran")).doesNotExist();
            assertThat(directory.resolve("builds/test")).doesNotExist();
        }
    }

    @Test
    void theTestsWriteVariablesAsTheAgentDoes() throws Exception {
        var seen = directory.resolve("seen");
        Files.writeString(
                hooks.file("pre-bootstrap"), "#!/bin/sh\ncp \"$BUILDKITE_ENV_FILE\" \"" + seen + "\"\nexit 1\n");
        var characters = IntStream.rangeClosed(0, 0x17f)
                .mapToObj(Character::toString)
                .collect(Collectors.joining("", "", "\u2028\uFEFF\u3000🎉"));
        var variables = Map.of("BUILDKITE_MESSAGE", characters, "EMPTY", "", "odd.name-1", "x");
        try (var api = AgentApi.withJob(variables)) {
            run(api, Map.of());

            assertThat(Files.readAllLines(seen))
                    .containsExactlyInAnyOrderElementsOf(
                            Files.readAllLines(EnvironmentFile.lines(directory, variables)));
        }
    }

    @Test
    void anApprovalHoldsForTheCommitAndNotForWhatIsPushedLater() throws Exception {
        repository.git("checkout", "--quiet", "--detach", fork);
        var later = repository.commit("echo ran: later");
        repository.git("update-ref", "refs/pull/7/head", later);
        var variables = new TreeMap<>(SafeBuildCase.named("a fork that a member of an allowed team unblocked")
                .variables());
        variables.put("BUILDKITE_COMMIT", fork);
        try (var api = AgentApi.withJob(job(variables))) {
            run(api, Map.of());

            assertThat(api.log()).contains("ran: fork").doesNotContain("ran: later");
            assertThat(api.end("exit_status")).hasValue("0");
        }
    }

    @Test
    void aBranchThatIsCalledLikeTheApprovedCommitDoesNotRun() throws Exception {
        repository.git("update-ref", "refs/heads/" + ours, fork);
        repository.git("symbolic-ref", "HEAD", "refs/heads/" + ours);
        try (var api = AgentApi.withJob(job(ofCommit(ours)))) {
            run(api, Map.of());

            assertThat(api.log())
                    .contains("fleet: refused: the checkout is at " + fork + ", but the build is of " + ours)
                    .doesNotContain("ran:");
            assertThat(api.end("exit_status")).hasValue("1");
        }
    }

    @Test
    void theTipOfABranchRuns() throws Exception {
        try (var api = AgentApi.withJob(job(ofCommit("HEAD")))) {
            run(api, Map.of());

            assertThat(api.log()).contains("ran: ours");
            assertThat(api.end("exit_status")).hasValue("0");
        }
    }

    @Test
    void artifactsGoBelowTheQueuesPrefixAndTheJobsId() throws Exception {
        try (var api = AgentApi.withJob(job(ofCommit(ours)))) {
            run(api, Map.of("FLEET_ARTIFACTS", "gs://acme-artifacts/big/"));

            assertThat(api.log())
                    .contains(
                            "BUILDKITE_ARTIFACT_UPLOAD_DESTINATION=gs://acme-artifacts/big/" + AgentApi.JOB,
                            "BUILDKITE_GCS_ACCESS_HOST=storage.cloud.google.com");
        }
    }

    /** The two containers of a pod, one after the other, with an ssh that reaches the repository of this test. */
    @Test
    void aStepsGitSshCommandDoesNotGetTheKeyAndIsThereForTheCommand() throws Exception {
        var keys = Files.createDirectories(directory.resolve("home/.ssh"));
        Files.writeString(keys.resolve("id_ed25519"), MARKER);
        var commit = repository.commit("echo \"command has: $GIT_SSH_COMMAND\"; ls -A \"$HOME/.ssh\"");
        var ssh = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("ssh"),
                "#!/bin/sh\necho \"$*\" >>'" + directory.resolve("calls") + "'\nexec git-upload-pack '"
                        + repository.directory() + "'\n");
        assertThat(ssh.toFile().setExecutable(true)).isTrue();
        var variables = new TreeMap<>(job(ofCommit(commit)));
        variables.put("GIT_SSH_COMMAND", "cat \"$HOME/.ssh/id_ed25519\" /tmp/fleet-keys.*/* >&2; ssh");
        var path = ssh.getParent() + ":" + agent.path();
        try (var api = AgentApi.withJob(variables)) {
            agent.run(api, directory, hooks, Map.of("PATH", path, "BUILDKITE_BOOTSTRAP_PHASES", "plugin,checkout"));

            assertThat(api.end("exit_status")).hasValue("0");
            assertThat(api.log())
                    .contains("fleet: GIT_SSH_COMMAND is for the job's command; the checkout goes without it")
                    .doesNotContain(MARKER, "command has");
        }
        assertThat(Files.readString(directory.resolve("calls")))
                .contains("-o StrictHostKeyChecking=yes -o UserKnownHostsFile=" + hooks.file("known_hosts")
                        + " -o IdentitiesOnly=yes -i /tmp/fleet-keys.")
                .contains("git@github.com git-upload-pack 'acme/app.git'");
        assertThat(keys).isDirectoryNotContaining("glob:**id_*");
        var key = Pattern.compile("-i (/tmp/fleet-keys\\S+)").matcher(Files.readString(directory.resolve("calls")));
        assertThat(key.find()).isTrue();
        assertThat(Path.of(key.group(1)).getParent()).doesNotExist();
        try (var api = AgentApi.withJob(variables)) {
            agent.run(api, directory, hooks, Map.of("PATH", path, "BUILDKITE_BOOTSTRAP_PHASES", "command"));

            assertThat(api.log())
                    .contains("command has: cat \"$HOME/.ssh/id_ed25519\"")
                    .doesNotContain(MARKER);
            assertThat(api.end("exit_status")).hasValue("0");
        }
    }

    @Test
    void aStepThatSetsWhatRunsBeforeTheHooksIsRefused() throws Exception {
        var variables = new TreeMap<>(job(ofCommit(ours)));
        variables.put("BASH_ENV", "$(touch " + directory.resolve("home/ran") + ")");
        try (var api = AgentApi.withJob(variables)) {
            assertThat(run(api, Map.of())).contains("fleet: refused: it sets BASH_ENV");

            assertThat(api.end("signal_reason")).hasValue("agent_refused");
            assertThat(directory.resolve("home/ran")).doesNotExist();
        }
    }

    @Test
    void nothingIsLeftAndNoSecretIsPrinted() throws Exception {
        try (var api = AgentApi.withJob(job(ofCommit(ours)))) {
            var log = run(api, Map.of("NPM_TOKEN", MARKER));

            assertThat(api.end("exit_status")).hasValue("0");
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
            assertThat(log + api.log()).doesNotContain(MARKER);
        }
    }

    @Test
    void aDockerDaemonThatHangsHoldsNoJob() throws Exception {
        var hanging = Files.createFile(directory.resolve("hanging"));
        var docker = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("docker"),
                "#!/bin/sh\n(while [ -e '" + hanging + "' ]; do sleep 1; done)\n");
        assertThat(docker.toFile().setExecutable(true)).isTrue();
        try (var api = AgentApi.withJob(job(ofCommit(ours)))) {
            var environment = Map.of(
                    "PATH",
                    docker.getParent() + ":" + agent.path(),
                    "DOCKER_HOST",
                    "unix:///run/docker-daemon/docker.sock",
                    "FLEET_CLEANUP_SECONDS",
                    "2");
            run(api, environment);

            assertThat(api.log()).contains("ran: ours", "fleet: the docker daemon could not be cleaned");
            assertThat(api.end("exit_status")).hasValue("0");
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        }
    }

    @Test
    void whatAHookOfTheRepositoryLogsInToIsThereForTheJobAndGone() throws Exception {
        var fleets = Files.createDirectories(directory.resolve("fleet-docker"));
        Files.writeString(fleets.resolve("config.json"), "the fleet's\n");
        var hook = Files.createDirectories(directory.resolve("origin/.buildkite/hooks"))
                .resolve("pre-command");
        Files.writeString(hook, "#!/bin/sh\necho 'a login' >>\"$DOCKER_CONFIG/config.json\"\n");
        assertThat(hook.toFile().setExecutable(true)).isTrue();
        repository.git("add", ".buildkite");
        var commit = repository.commit("echo docker has: $(cat \"$DOCKER_CONFIG/config.json\")");
        try (var api = AgentApi.withJob(job(ofCommit(commit)))) {
            run(api, Map.of("DOCKER_CONFIG", fleets.toString(), "FLEET_DOCKER_CONFIG", fleets.toString()));

            assertThat(api.log()).contains("docker has: the fleet's a login");
            assertThat(api.end("exit_status")).hasValue("0");
            assertThat(directory.resolve("tmp")).isEmptyDirectory();
            assertThat(fleets.resolve("config.json")).hasContent("the fleet's");
        }
    }

    @Test
    void anEncryptedVariableIsOpenedForTheJobAndTakenOutOfItsLog() throws Exception {
        var commit = repository.commit("echo \"has ${#NPM_TOKEN} characters: $NPM_TOKEN\"");
        try (var api = AgentApi.withJob(job(ofCommit(commit)));
                var keys = new KeyService()) {
            var sealed = EncryptedVariable.of(keys.key("big"), "NPM_TOKEN", MARKER.getBytes(StandardCharsets.UTF_8));
            var environment = new TreeMap<>(keys.environment(directory.resolve("arguments")));
            environment.put("PATH", environment.get("PATH") + ":" + agent.path());
            environment.put("FLEET_QUEUE", "big");
            environment.put("SECRET_NPM_TOKEN", sealed.sealed());
            environment.put("BUILDKITE_REDACTED_VARS", "SECRET_*");
            run(api, environment);

            assertThat(api.log()).contains("has 14 characters: [REDACTED]").doesNotContain(MARKER);
            assertThat(api.end("exit_status")).hasValue("0");
        }
    }

    @Test
    void whereTheAgentLendsItsAccessTheJobsPageSaysWhyItWasRefused() throws Exception {
        var refused = SafeBuildCase.named("a pull request from a fork");
        try (var api = AgentApi.withJob(Map.of())) {
            var environment = new TreeMap<String, String>();
            environment.put("PATH", agent.path());
            environment.put(
                    "BUILDKITE_ENV_FILE",
                    EnvironmentFile.lines(directory, refused.variables()).toString());
            environment.put("BUILDKITE_AGENT_ACCESS_TOKEN", MARKER);
            environment.put("BUILDKITE_AGENT_ENDPOINT", api.endpoint());
            environment.put("BUILDKITE_JOB_ID", AgentApi.JOB);
            var run = Hooks.run(
                    environment, directory, List.of(hooks.file("pre-bootstrap").toString()));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output()).doesNotContain(MARKER);
            assertThat(api.annotations()).singleElement().satisfies(annotation -> {
                assertThat(annotation.get("style").getAsString()).isEqualTo("error");
                assertThat(annotation.get("body").getAsString())
                        .startsWith("This job was refused: ")
                        .contains(refused.because().orElseThrow());
            });
        }
    }

    private static Map<String, String> ofCommit(String commit) {
        var variables = new TreeMap<>(SafeBuildCase.named("a push").variables());
        variables.put("BUILDKITE_COMMIT", commit);
        return variables;
    }

    /** What Buildkite adds to the variables that the table is about. */
    static Map<String, String> job(Map<String, String> variables) {
        var job = new TreeMap<>(variables);
        job.put("BUILDKITE_JOB_ID", AgentApi.JOB);
        job.put("BUILDKITE_BUILD_ID", AgentApi.BUILD);
        job.put("BUILDKITE_AGENT_NAME", "test");
        job.put("BUILDKITE_ORGANIZATION_SLUG", "acme");
        job.put("BUILDKITE_PIPELINE_SLUG", "app");
        job.put("BUILDKITE_PIPELINE_PROVIDER", "github");
        job.put("BUILDKITE_COMMAND", "./run");
        job.put("BUILDKITE_ARTIFACT_PATHS", "");
        job.remove("BUILDKITE_PLUGINS");
        return job;
    }

    private String run(AgentApi api, Map<String, String> environment) throws IOException, InterruptedException {
        var addresses = List.of("git@github.com:acme/app.git");
        var variables = new TreeMap<>(environment);
        variables.put(
                "GIT_CONFIG_GLOBAL",
                repository
                        .standingFor(directory.resolve("gitconfig"), addresses)
                        .toString());
        return agent.run(api, directory, hooks, variables);
    }
}
