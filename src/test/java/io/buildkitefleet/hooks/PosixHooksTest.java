package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The hooks that run in a job's own container, in each shell of this machine that such a container may have. The agent
 * makes a script that reads the hook and looks at the variables before and after:
 * https://github.com/buildkite/agent/blob/v3.136.2/internal/job/hook/wrapper.go
 */
class PosixHooksTest {
    private static final String MARKER = "hunter2-marker";
    private static final String DAEMON = "unix:///run/docker-daemon/docker.sock";
    private static final String COULD_NOT_BE_CLEANED =
            "fleet: the docker daemon could not be cleaned; it ends with the job\n";
    private static final String DOCKER_CONFIGURATION = "{\"credHelpers\":{\"us-west1-docker.pkg.dev\":\"fleet\"}}\n";
    private static final String WRAPPER = "env >before; . \"$1\"; status=$?; env >after; exit $status";

    /** As agent-stack-k8s tells the container that checks out. */
    private static final Map<String, String> CHECKOUT = Map.of("BUILDKITE_BOOTSTRAP_PHASES", "plugin,checkout");

    @TempDir
    Path directory;

    private Hooks hooks;

    @BeforeEach
    void hooksOfAQueue() throws IOException {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
    }

    static Stream<List<String>> shells() {
        return Stream.of(
                        List.of("sh"),
                        List.of("dash"),
                        List.of("bash"),
                        List.of("bash", "--posix"),
                        List.of("busybox", "sh"))
                .filter(shell -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(path -> Files.isExecutable(Path.of(path, shell.get(0)))));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void artifactsGoBelowTheQueuesPrefixAndTheJobsId(List<String> shell) throws Exception {
        var run = run(shell, "environment", Map.of("FLEET_ARTIFACTS", "gs://acme/big/", "BUILDKITE_JOB_ID", "1-2"));
        assertThat(run).isEqualTo(new Hooks.Run(0, ""));
        assertThat(added()).contains("BUILDKITE_ARTIFACT_UPLOAD_DESTINATION=gs://acme/big/1-2");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void linksToArtifactsLeadWherePeopleLogInUnlessTheJobKnowsBetter(List<String> shell) throws Exception {
        var environment = new TreeMap<>(Map.of("FLEET_ARTIFACTS", "gs://acme/big/", "BUILDKITE_JOB_ID", "1-2"));
        run(shell, "environment", environment);
        assertThat(added())
                .containsExactlyInAnyOrder(
                        "BUILDKITE_ARTIFACT_UPLOAD_DESTINATION=gs://acme/big/1-2",
                        "BUILDKITE_GCS_ACCESS_HOST=storage.cloud.google.com");
        environment.put("BUILDKITE_GCS_ACCESS_HOST", "artifacts.example.com");
        run(shell, "environment", environment);
        assertThat(Files.readAllLines(directory.resolve("after")))
                .contains("BUILDKITE_GCS_ACCESS_HOST=artifacts.example.com");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void withoutAPrefixBuildkiteKeepsTheArtifacts(List<String> shell) throws Exception {
        assertThat(run(shell, "environment", Map.of("BUILDKITE_JOB_ID", "1-2"))).isEqualTo(new Hooks.Run(0, ""));
        assertThat(added()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aJobWithoutAnIdWritesNoArtifactsOverThoseOfOthers(List<String> shell) throws Exception {
        assertThat(run(shell, "environment", Map.of("FLEET_ARTIFACTS", "gs://acme/big/"))
                        .exitCode())
                .isNotZero();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aJobLogsInToAnyRegistryOnACopyThatOnlyItsUserReadsAndThatGoes(List<String> shell) throws Exception {
        var environment = new TreeMap<>(withDockerConfiguration());
        assertThat(run(shell, "environment", environment)).isEqualTo(new Hooks.Run(0, ""));
        var handedOn = added().stream().map(line -> line.split("=", 2)).toList();
        handedOn.forEach(variable -> environment.put(variable[0], variable[1]));
        var copy = Path.of(environment.get("DOCKER_CONFIG"));

        assertThat(copy.getParent()).isEqualTo(directory.resolve("tmp"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.resolve("config.json"))))
                .isEqualTo("rw-------");
        assertThat(copy.resolve("config.json")).hasContent(DOCKER_CONFIGURATION);

        Files.writeString(copy.resolve("config.json"), "{\"auths\":{}}");
        assertThat(run(shell, "pre-exit", environment)).isEqualTo(new Hooks.Run(0, ""));
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
        assertThat(directory.resolve("fleet-docker/config.json")).hasContent(DOCKER_CONFIGURATION);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theNewConfigurationOfAPluginKnowsTheFleetsRegistryToo(List<String> shell) throws Exception {
        var environment = new TreeMap<>(withDockerConfiguration());
        var plugins = Files.createDirectory(directory.resolve("plugin"));
        environment.put("DOCKER_CONFIG", plugins.toString());
        assertThat(run(shell, "pre-command", environment)).isEqualTo(new Hooks.Run(0, ""));
        assertThat(plugins.resolve("config.json")).hasContent(DOCKER_CONFIGURATION);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aConfigurationThatTheJobBringsIsLeftAlone(List<String> shell) throws Exception {
        var environment = new TreeMap<>(withDockerConfiguration());
        var own = Files.createDirectory(directory.resolve("own"));
        Files.writeString(own.resolve("config.json"), "{}");
        environment.put("DOCKER_CONFIG", own.toString());
        for (var hook : List.of("environment", "pre-command", "pre-exit")) {
            assertThat(run(shell, hook, environment)).isEqualTo(new Hooks.Run(0, ""));
            assertThat(added()).isEmpty();
        }
        assertThat(own.resolve("config.json")).hasContent("{}");
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aQueueWithoutDockerIsLeftAlone(List<String> shell) throws Exception {
        var own = Files.createDirectory(directory.resolve("own"));
        var environment = Map.of("DOCKER_CONFIG", own.toString());
        for (var hook : List.of("environment", "pre-command", "pre-exit")) {
            assertThat(run(shell, hook, environment)).isEqualTo(new Hooks.Run(0, ""));
            assertThat(added()).isEmpty();
        }
        assertThat(own).isEmptyDirectory();
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aJobWithoutAPlaceForACopyRunsAndIsTold(List<String> shell) throws Exception {
        var environment = new TreeMap<>(withDockerConfiguration());
        Files.delete(directory.resolve("fleet-docker/config.json"));
        var run = run(shell, "environment", environment);
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("fleet: docker login will not work in this job");
        assertThat(added()).isEmpty();
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theDaemonOfTheJobIsEmptied(List<String> shell) throws Exception {
        assertThat(run(shell, "pre-exit", withDocker(DAEMON, "")).exitCode()).isZero();
        assertThat(Files.readAllLines(directory.resolve("calls")))
                .containsExactly(
                        "ps --all --quiet",
                        "rm --force --volumes c1",
                        "rm --force --volumes c2",
                        "network prune --force",
                        "volume ls --quiet",
                        "volume rm --force v1");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatCannotBeRemovedDoesNotKeepTheRest(List<String> shell) throws Exception {
        var run = run(shell, "pre-exit", withDocker(DAEMON, "[ \"$*\" != 'rm --force --volumes c1' ] || exit 1"));
        assertThat(run).isEqualTo(new Hooks.Run(0, COULD_NOT_BE_CLEANED));
        assertThat(Files.readAllLines(directory.resolve("calls")))
                .contains("rm --force --volumes c2", "network prune --force", "volume rm --force v1");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aDaemonThatDoesNotAnswerFailsNoJob(List<String> shell) throws Exception {
        var run = run(shell, "pre-exit", withDocker(DAEMON, "echo 'cannot connect' >&2; exit 1"));
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).isEqualTo("cannot connect\n" + COULD_NOT_BE_CLEANED);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aDaemonThatHangsHoldsNoJobAndNothingOfItHoldsTheAgent(List<String> shell) throws Exception {
        var environment = new TreeMap<>(hangingDocker());
        environment.put("FLEET_CLEANUP_SECONDS", "2");
        var run = run(shell, "pre-exit", environment);
        assertThat(run).isEqualTo(new Hooks.Run(0, COULD_NOT_BE_CLEANED));
        assertThat(directory.resolve("tmp")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"3600, 30, 30", "10, 1, 9", "'', 1, 9"})
    void aDockerCommandHasHalfAMinuteAndNoMoreThanWhatIsLeft(String cleanupSeconds, int least, int most)
            throws Exception {
        Files.writeString(hooks.file("with-timeout"), "#!/bin/sh\necho \"$1\" >>\"$LIMITS\"\nshift\nexec \"$@\"\n");
        var environment = new TreeMap<>(withDocker(DAEMON, ""));
        environment.put("LIMITS", directory.resolve("limits").toString());
        environment.put("FLEET_CLEANUP_SECONDS", cleanupSeconds);
        assertThat(run(List.of("sh"), "pre-exit", environment).exitCode()).isZero();
        assertThat(Files.readAllLines(directory.resolve("limits")))
                .isNotEmpty()
                .allSatisfy(limit -> assertThat(Integer.parseInt(limit)).isBetween(least, most));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aTimeThatIsNoNumberFailsNoJob(List<String> shell) throws Exception {
        var environment = new TreeMap<>(withDocker(DAEMON, ""));
        environment.put("FLEET_CLEANUP_SECONDS", "soon");
        var run = run(shell, "pre-exit", environment);
        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).endsWith(COULD_NOT_BE_CLEANED);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aCommandThatTakesTooLongIsKilled(List<String> shell) throws Exception {
        assertThat(inShell(shell, "\"$@\" 1 sleep 86399")).isEqualTo(new Hooks.Run(137, ""));
    }

    /** Who reads what the command prints would otherwise wait for that, too. */
    @ParameterizedTest
    @ValueSource(strings = {"\"$@\" 1", "timeout 1 \"$@\" 86399"})
    void whatTheCommandHasStartedIsKilledWithItByBash(String limited) throws Exception {
        var run = inShell(
                List.of("bash", "-p"), "x=\"$(" + limited + " bash -c 'a=$(sleep 15; touch late)')\"; echo ended");

        assertThat(run.output()).endsWith("ended\n");
        assertThat(directory.resolve("late")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aCommandThatEndsInTimeIsAsItWasAndItsClockHoldsNothing(List<String> shell) throws Exception {
        assertThat(inShell(shell, "echo in | \"$@\" 86399 sh -c 'cat; echo error >&2; exit 7'"))
                .isEqualTo(new Hooks.Run(7, "in\nerror\n"));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aDaemonOfOthersIsLeftAlone(List<String> shell) throws Exception {
        assertThat(run(shell, "pre-exit", withDocker("tcp://shared:2376", ""))).isEqualTo(new Hooks.Run(0, ""));
        assertThat(directory.resolve("calls")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void theCheckoutsKeysAreGitsAloneAndGoWithIt(List<String> shell) throws Exception {
        var home = Files.createDirectories(directory.resolve("home/.ssh"));
        Files.writeString(home.resolve("id_ed25519"), MARKER);
        Files.writeString(home.resolve("config"), "Host *\n");
        var environment = new TreeMap<>(CHECKOUT);
        environment.put("HOME", directory.resolve("home").toString());
        environment.put("SSH_PRIVATE_ED25519_KEY", MARKER);
        environment.put("FLEET_CHECKOUT_KEYS", directory.resolve("home").toString());

        assertThat(run(shell, "environment", environment)).isEqualTo(new Hooks.Run(0, ""));
        var keys = Path.of(after("FLEET_CHECKOUT_KEYS").orElseThrow());
        assertThat(home).isDirectoryNotContaining("glob:**id_*").isDirectoryContaining("glob:**config");
        assertThat(keys.resolve("id_ed25519")).hasContent(MARKER);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        assertThat(after("GIT_SSH_COMMAND"))
                .hasValue("ssh -o StrictHostKeyChecking=yes -o UserKnownHostsFile=" + hooks.file("known_hosts")
                        + " -o IdentitiesOnly=yes -i " + keys + "/id_ed25519");
        assertThat(after("SSH_PRIVATE_ED25519_KEY")).hasValue("");

        environment.put("FLEET_CHECKOUT_KEYS", keys.toString());
        environment.put("BUILDKITE_SKIP_CHECKOUT", "true");
        assertThat(run(shell, "post-checkout", environment)).isEqualTo(new Hooks.Run(0, ""));
        assertThat(keys).doesNotExist();
        assertThat(home.resolve("config")).exists();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void noStepHasAnotherDirectoryRemoved(List<String> shell) throws Exception {
        var own = Files.createDirectories(directory.resolve("fleet-keys.own"));
        var environment = new TreeMap<>(Map.of("BUILDKITE_SKIP_CHECKOUT", "true"));
        for (var path : List.of(own.toString(), "/tmp/fleet-keys.x/../../" + own)) {
            environment.put("FLEET_CHECKOUT_KEYS", path);
            assertThat(run(shell, "post-checkout", environment)).isEqualTo(new Hooks.Run(0, ""));
            assertThat(own).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whatAStepSetsForGitIsForItsCommandAlone(List<String> shell) throws Exception {
        var environment = new TreeMap<>(CHECKOUT);
        environment.put("HOME", directory.toString());
        var ofGit = List.of(
                "GIT_SSH_COMMAND", "HTTPS_PROXY", "https_proxy", "LD_LIBRARY_PATH", "PAGER", "PERL5LIB", "SSH_ASKPASS");
        ofGit.forEach(name -> environment.put(name, "/nowhere"));
        environment.put("GIT_LFS_SKIP_SMUDGE", "1");
        environment.put("OTHER", "a\nGIT_DIR=x");
        var run = run(shell, "environment", environment);

        assertThat(run.exitCode()).isZero();
        assertThat(run.output().lines())
                .contains("fleet: LD_LIBRARY_PATH is for the job's command; the checkout goes without it")
                .hasSize(ofGit.size());
        ofGit.stream()
                .filter(name -> !name.equals("GIT_SSH_COMMAND"))
                .forEach(name -> assertThat(after(name)).as(name).hasValue(""));
        assertThat(after("GIT_SSH_COMMAND").orElseThrow()).startsWith("ssh -o StrictHostKeyChecking=yes ");
        assertThat(after("GIT_LFS_SKIP_SMUDGE")).hasValue("1");
    }

    @ParameterizedTest
    @MethodSource("shells")
    void whereACommandRunsGitAndThePersonsKeysAreLeftAlone(List<String> shell) throws Exception {
        var home = Files.createDirectories(directory.resolve("home/.ssh"));
        Files.writeString(home.resolve("id_ed25519"), MARKER);
        for (var phases : List.of("command", "plugin,checkout,command", "")) {
            var environment = new TreeMap<String, String>();
            environment.put("HOME", directory.resolve("home").toString());
            environment.put("GIT_SSH_COMMAND", "ssh -v");
            environment.put("SSH_PRIVATE_ED25519_KEY", MARKER);
            environment.put("BUILDKITE_BOOTSTRAP_PHASES", phases);
            for (var hook : List.of("environment", "pre-exit")) {
                assertThat(run(shell, hook, environment)).isEqualTo(new Hooks.Run(0, ""));
                assertThat(added())
                        .filteredOn(line -> !line.startsWith("GIT_NO_REPLACE_OBJECTS=")
                                && !line.startsWith("GIT_CEILING_DIRECTORIES=")
                                && !line.equals("FLEET_TIP=")
                                && !line.startsWith("FLEET_COMMIT="))
                        .isEmpty();
            }
        }
        assertThat(home.resolve("id_ed25519")).hasContent(MARKER);
    }

    @ParameterizedTest
    @MethodSource("shells")
    void anotherCommitThanTheBuildsIsRefused(List<String> shell) throws Exception {
        var repository = GitRepository.in(directory);
        var commit = repository.commit("true");
        assertThat(run(shell, "post-checkout", Map.of("BUILDKITE_COMMIT", commit)))
                .isEqualTo(new Hooks.Run(0, ""));
        var tip = Map.of(
                "BUILDKITE_PULL_REQUEST", "false", "BUILDKITE_PULL_REQUEST_REPO", "", "BUILDKITE_COMMIT", "HEAD");
        var ofBranch = new TreeMap<>(tip);
        ofBranch.put("FLEET_TIP", commit);
        assertThat(run(shell, "post-checkout", ofBranch)).isEqualTo(new Hooks.Run(0, ""));
        var other = commit.replace(commit.charAt(0), commit.charAt(0) == '0' ? '1' : '0');
        var run = run(shell, "post-checkout", Map.of("BUILDKITE_COMMIT", other));
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output()).contains("the checkout is at " + commit + ", but the build is of " + other);
        assertThat(run(shell, "post-checkout", Map.of()).exitCode()).isNotZero();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void aJobWithoutACheckoutHasNoCommitToCheck(List<String> shell) throws Exception {
        var environment = Map.of("BUILDKITE_COMMIT", "83a20ec058e2fb00e7fa4558c4c6e81e2dcf253d");
        assertThat(run(shell, "post-checkout", environment).exitCode()).isNotZero();
        var skipping = new TreeMap<>(environment);
        skipping.put("BUILDKITE_SKIP_CHECKOUT", "true");
        assertThat(run(shell, "post-checkout", skipping)).isEqualTo(new Hooks.Run(0, ""));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void noHookPrintsASecret(List<String> shell) throws Exception {
        var environment = new TreeMap<>(withDocker(DAEMON, "exit 1"));
        environment.put("HOME", directory.toString());
        environment.put("FLEET_ARTIFACTS", "gs://acme/big/");
        environment.put("BUILDKITE_JOB_ID", "1-2");
        environment.put("BUILDKITE_COMMIT", "0");
        for (var secret : List.of(
                "NPM_TOKEN",
                "SSH_PRIVATE_RSA_KEY",
                "SSH_PRIVATE_ED25519_KEY",
                "SECRET_KEY",
                "BUILDKITE_AGENT_TOKEN",
                "BUILDKITE_AGENT_ACCESS_TOKEN")) {
            environment.put(secret, MARKER);
        }
        for (var hook : List.of("environment", "post-checkout", "pre-exit")) {
            assertThat(run(shell, hook, environment).output()).doesNotContain(MARKER);
        }
    }

    /** With a client of Docker that notes its calls, has two containers and a volume, and then does this. */
    private Map<String, String> withDocker(String daemon, String then) throws IOException {
        var client = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("docker"),
                "#!/bin/sh\necho \"$*\" >>\"$CALLS\"\n[ \"$1\" != ps ] || printf 'c1\\nc2\\n'\n"
                        + "[ \"$1 $2\" != 'volume ls' ] || echo v1\n" + then + "\n");
        assertThat(client.toFile().setExecutable(true)).isTrue();
        return Map.of(
                "PATH",
                client.getParent() + ":" + System.getenv("PATH"),
                "CALLS",
                directory.resolve("calls").toString(),
                "DOCKER_HOST",
                daemon);
    }

    /** With a client of Docker that waits, in a process of its own, until the test is over. */
    private Map<String, String> hangingDocker() throws IOException {
        Files.createFile(directory.resolve("hanging"));
        return withDocker(DAEMON, "(while [ -e '" + directory.resolve("hanging") + "' ]; do sleep 1; done)");
    }

    /** Runs a line in which {@code "$@"} is with-timeout, in this shell. */
    private Hooks.Run inShell(List<String> shell, String line) throws Exception {
        var command = Stream.of(
                        Stream.of("sh", "-c", line, "sh"),
                        shell.stream(),
                        Stream.of(hooks.file("with-timeout").toString()))
                .flatMap(words -> words)
                .toList();
        return Hooks.run(Map.of("PATH", System.getenv("PATH")), directory, command);
    }

    /** With a configuration of docker that is the fleet's. */
    private Map<String, String> withDockerConfiguration() throws IOException {
        var fleets = Files.createDirectories(directory.resolve("fleet-docker"));
        var file = Files.writeString(fleets.resolve("config.json"), DOCKER_CONFIGURATION);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-xr-xr-x"));
        return Map.of("DOCKER_CONFIG", fleets.toString(), "FLEET_DOCKER_CONFIG", fleets.toString());
    }

    private Hooks.Run run(List<String> shell, String hook, Map<String, String> environment) throws Exception {
        var variables = new TreeMap<>(environment);
        // Its commit is a pull request's, of which git is not asked.
        SafeBuildCase.named("a pull request from a branch of ours")
                .plainVariables()
                .forEach(variables::putIfAbsent);
        if (hook.equals("post-checkout")) {
            variables.putIfAbsent("FLEET_COMMIT", variables.get("BUILDKITE_COMMIT"));
        }
        variables.putIfAbsent("BUILDKITE_BOOTSTRAP_PHASES", "command");
        variables.putIfAbsent("PATH", System.getenv("PATH"));
        variables.put("BUILDKITE_HOOKS_PATH", hooks.directory().toString());
        variables.put(
                "TMPDIR", Files.createDirectories(directory.resolve("tmp")).toString());
        var command = Stream.concat(
                        shell.stream(),
                        Stream.of("-c", WRAPPER, "wrapper", hooks.file(hook).toString()))
                .toList();
        return Hooks.run(variables, directory, command);
    }

    /** What a variable is after a hook. */
    private Optional<String> after(String name) {
        try {
            return Files.readAllLines(directory.resolve("after")).stream()
                    .filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a hook has handed on. */
    private List<String> added() throws IOException {
        var before = Files.readAllLines(directory.resolve("before"));
        return Files.readAllLines(directory.resolve("after")).stream()
                .filter(line -> !before.contains(line) && !line.startsWith("_="))
                .toList();
    }
}
