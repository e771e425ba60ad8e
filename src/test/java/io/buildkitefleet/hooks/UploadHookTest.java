package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue that signs steps, under the real agent: what it uploads, and what it never does. */
@Tag("engine")
class UploadHookTest {
    private static final String UPLOAD = "buildkite-agent pipeline upload";
    private static final String FILE = ".buildkite/pipeline.yml";

    @TempDir
    Path directory;

    private final BuildkiteAgent agent = BuildkiteAgent.find();
    private Hooks hooks;
    private GitRepository repository;
    private KeyFiles keys;

    @BeforeEach
    void aRepositoryWithAPipeline() throws Exception {
        // Whoever a script runs as has to get to it.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        hooks = Hooks.ofUpload(directory.resolve("hooks"), SafeBuildCase.policy());
        repository = GitRepository.in(directory.resolve("origin"));
        write(FILE, "steps: [{command: ./run, label: \"of $BUILDKITE_PIPELINE_SLUG\"}]\n");
        repository.commit("echo ran: ours");
        keys = KeyFiles.of(directory.resolve("keys"), SigningKey.generate("key-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {UPLOAD, UPLOAD + " " + FILE, UPLOAD + " ./" + FILE + " --replace", UPLOAD + "\n"})
    void thePipelineOfACommitIsSigned(String command) throws Exception {
        try (var api = AgentApi.withJob(job(command))) {
            run(api);

            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
            var step = uploaded(api);
            assertThat(step.get("command").getAsString()).isEqualTo("./run");
            assertThat(step.get("label").getAsString()).isEqualTo("of app");
            assertThat(verifies(step)).isTrue();
        }
    }

    @Test
    void aCommitFurtherDownABranchIsSignedToo() throws Exception {
        var before = head();
        write(FILE, "steps: [{command: ./later}]\n");
        repository.commit("echo later");
        var variables = job(UPLOAD);
        variables.put("BUILDKITE_COMMIT", before);
        try (var api = AgentApi.withJob(variables)) {
            run(api);

            assertThat(uploaded(api).get("command").getAsString()).isEqualTo("./run");
        }
    }

    /** What is not known to mean nothing to a shell stays a variable: whoever wrote it has not written a command. */
    @Test
    void whoWritesAMessageWritesNoCommand() throws Exception {
        write(FILE, "steps: [{command: \"echo $BUILDKITE_MESSAGE ${BUILDKITE_BRANCH} $NOBODY_SAYS $$HOME\"}]\n");
        repository.commit("echo ran: ours");
        var variables = job(UPLOAD);
        variables.put("BUILDKITE_MESSAGE", "x'\"; ./evil; $(./evil)\nPATH=/evil");
        try (var api = AgentApi.withJob(variables)) {
            run(api);

            assertThat(uploaded(api).get("command").getAsString()).isEqualTo("echo ${BUILDKITE_MESSAGE} main  $HOME");
        }
    }

    /** https://github.com/buildkite/agent/blob/v3.136.2/agent/job_runner.go */
    @Test
    void whatNewerAgentsWriteIntoEveryJobIsNoReason() throws Exception {
        var variables = job(UPLOAD);
        variables.put("BUILDKITE_GIT_REMOTE_MIRROR_URL", "");
        try (var api = AgentApi.withJob(variables)) {
            run(api);

            assertThat(uploaded(api).get("command").getAsString()).isEqualTo("./run");
        }
    }

    @Test
    void aMirrorThatTheStepNamesIsRefused() throws Exception {
        assertRefusedAtOnce(
                job -> job.put("BUILDKITE_GIT_REMOTE_MIRROR_URL", "https://example.com/app.git"),
                "it has the variable BUILDKITE_GIT_REMOTE_MIRROR_URL");
    }

    /** A variable with a default is not set because a line of a message looks like it. */
    @Test
    void aLineOfAMessageIsNoVariable() throws Exception {
        write(FILE, "steps: [{command: \"./deploy ${BUILDKITE_TAG-staging}\"}]\n");
        repository.commit("echo ran: ours");
        var variables = job(UPLOAD);
        variables.put("BUILDKITE_MESSAGE", "fix a typo\n\nBUILDKITE_TAG=x");
        try (var api = AgentApi.withJob(variables)) {
            run(api);

            assertThat(uploaded(api).get("command").getAsString()).isEqualTo("./deploy staging");
        }
    }

    /** Only a command's shell knows variables, so whoever wrote the pipeline has to hear of it. */
    @Test
    void aLabelThatKeepsItsVariableIsTold() throws Exception {
        write(FILE, "steps: [{command: ./run, label: \"$BUILDKITE_MESSAGE of ${BUILDKITE_BRANCH:0:2}\"}]\n");
        repository.commit("echo ran: ours");
        var variables = job(UPLOAD);
        variables.put("BUILDKITE_MESSAGE", "a (small) change");
        try (var api = AgentApi.withJob(variables)) {
            run(api);

            assertThat(uploaded(api).get("label").getAsString()).isEqualTo("${BUILDKITE_MESSAGE} of ma");
            assertThat(api.log())
                    .contains("fleet: the value of BUILDKITE_MESSAGE is not plain text to every shell, so the pipeline "
                            + "keeps ${BUILDKITE_MESSAGE}.")
                    .doesNotContain("the value of BUILDKITE_BRANCH");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo $$BUILDKITE_MESSAGE",
                "echo $${BUILDKITE_MESSAGE:0:5}",
                "echo \\\\${BUILDKITE_MESSAGE:0:5}",
                "echo $BUILDKITE_MESSAGES",
                "echo x\"}]\n# of ${BUILDKITE_MESSAGE:0:5}\n# \"}]"
            })
    void whatIsForTheStepAloneIsNotTold(String command) throws Exception {
        write(FILE, "steps: [{command: \"" + command + "\"}]\n");
        repository.commit("echo ran: ours");
        var variables = job(UPLOAD);
        variables.put("BUILDKITE_MESSAGE", "a (small) change");
        try (var api = AgentApi.withJob(variables)) {
            run(api);

            assertThat(api.pipelines()).as(api.log()).hasSize(1);
            assertThat(api.log()).doesNotContain("is not plain text");
        }
    }

    /** Five characters of ${BUILDKITE_MESSAGE} would be no variable, and no message. */
    @ParameterizedTest
    @ValueSource(strings = {"${BUILDKITE_MESSAGE:0:5}", "${BUILDKITE_MESSAGE: -5}"})
    void aPartOfAValueThatMeansSomethingIsRefused(String part) throws Exception {
        write(FILE, "steps: [{command: \"echo " + part + "\"}]\n");
        repository.commit("echo ran: ours");
        var variables = job(UPLOAD);
        variables.put("BUILDKITE_MESSAGE", "a (small) change");
        try (var api = AgentApi.withJob(variables)) {
            run(api);

            assertThat(api.log()).contains("fleet: refused: the pipeline takes a part of BUILDKITE_MESSAGE");
            assertThat(api.pipelines()).isEmpty();
        }
        try (var api = AgentApi.withJob(change(variables, UPLOAD + " --no-interpolation"))) {
            run(api);

            assertThat(uploaded(api).get("command").getAsString()).isEqualTo("echo " + part);
        }
    }

    /** The key that ssh needs is there until the branches are read, and not longer. */
    @Test
    void theBranchesAreReadWithTheKeyOfTheCheckout() throws Exception {
        var home = Files.createDirectories(directory.resolve("home/.ssh"));
        Files.writeString(home.resolve("id_ed25519"), "a key");
        var calls = directory.resolve("calls");
        var ssh = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("ssh"),
                "#!/bin/sh\nkey=\"${*#*-i }\"\ncat \"${key%% *}\" >>'" + calls + "' || exit 255\nexec git-upload-pack '"
                        + repository.directory() + "'\n");
        assertThat(ssh.toFile().setExecutable(true)).isTrue();
        write(FILE, "steps: [{command: ./later}]\n");
        var before = head();
        repository.commit("echo later");
        var variables = job(UPLOAD);
        // No tip of a branch: what the branches have is fetched too.
        variables.put("BUILDKITE_COMMIT", before);
        var environment = new TreeMap<>(keys.signing());
        environment.put("PATH", ssh.getParent() + ":" + agent.path());
        environment.put("BUILDKITE_BOOTSTRAP_PHASES", "plugin,checkout");
        try (var api = AgentApi.withJob(variables)) {
            agent.run(api, directory, hooks, environment);

            assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
        }
        assertThat(calls).content().matches("(a key)+");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void nothingThatAScriptStartedIsThereWhileThePipelineIsSigned() throws Exception {
        // The second one ends whatever of nobody's would end it.
        script("setsid sleep 60 >/dev/null 2>&1 &\n"
                + "setsid sh -c \"while kill -0 $$; do :; done; while :; do kill -9 -1; done\" </dev/null >/dev/null 2>&1 &\n"
                + "sleep 0.2\nexec echo 'steps: [{command: ./run}]'");
        try (var api = AgentApi.withJob(job(".buildkite/generate | " + UPLOAD))) {
            run(api);

            assertThat(api.pipelines()).as(api.log()).hasSize(isRoot() ? 1 : 0);
            // One that has ended may be listed, without its command, until its parent asks.
            assertThat(ProcessHandle.allProcesses())
                    .extracting(ProcessHandle::info)
                    .filteredOn(
                            process -> process.user().filter("nobody"::equals).isPresent())
                    .allMatch(process -> process.commandLine().isEmpty());
        }
    }

    @Test
    void whatAScriptSaysIsSignedAndItCannotReadTheKey() throws Exception {
        script("printf '{\"steps\": [{\"command\": \"./run %s %s\"}]}' \"$(id -un)\" " + "\"$(cat '" + keys.secret()
                + "' >/dev/null 2>&1 && echo read || echo no)\"");
        try (var api = AgentApi.withJob(job(".buildkite/generate | " + UPLOAD))) {
            run(api);

            if (isRoot()) {
                assertThat(api.end("exit_status")).as(api.log()).hasValue("0");
                assertThat(uploaded(api).get("command").getAsString()).isEqualTo("./run nobody no");
                assertThat(verifies(uploaded(api))).isTrue();
            } else {
                assertThat(api.log()).contains("its image cannot run a script as nobody");
                assertThat(api.pipelines()).isEmpty();
            }
        }
    }

    @Test
    void aScriptGetsNeitherTheJobsAccessNorAPlaceThatRootRuns() throws Exception {
        script("printf '{\"steps\": [{\"command\": \"%s %s\"}]}' \"${BUILDKITE_AGENT_ACCESS_TOKEN-none}\" "
                + "\"$(touch '" + agent.executable().getParent() + "/x' 2>/dev/null && echo wrote || echo no)\"");
        try (var api = AgentApi.withJob(job(".buildkite/generate | " + UPLOAD))) {
            run(api);

            assertThat(api.pipelines()).hasSize(isRoot() ? 1 : 0);
            api.pipelines().forEach(pipeline -> assertThat(
                            KeyFiles.onlyStep(pipeline).get("command").getAsString())
                    .isEqualTo("none no"));
        }
    }

    @Test
    void aKeyThatAScriptCouldReadIsNotBesideOne() throws Exception {
        Files.setPosixFilePermissions(keys.secret(), PosixFilePermissions.fromString("rw-r--r--"));
        script("echo 'steps: [{command: ./run}]'");
        try (var api = AgentApi.withJob(job(".buildkite/generate | " + UPLOAD))) {
            run(api);

            assertThat(api.pipelines()).isEmpty();
            assertThat(api.end("exit_status")).hasValue("1");
        }
    }

    @Test
    void aScriptThatIsNotExecutableIsToldTheWayOut() throws Exception {
        write(".buildkite/generate", "#!/bin/sh\necho steps\n");
        repository.commit("echo ran: ours");
        try (var api = AgentApi.withJob(job(".buildkite/generate | " + UPLOAD))) {
            run(api);

            assertThat(api.log()).contains("git update-index --chmod=+x .buildkite/generate");
        }
    }

    static Stream<String> commands() {
        return Stream.of(
                "./run",
                "cat /buildkite/signing-jwks/key",
                "sh -c ./run | " + UPLOAD,
                UPLOAD + "; ./run",
                UPLOAD + " && ./run",
                UPLOAD + "\n./run",
                UPLOAD + " $(./run)",
                UPLOAD + " `./run`",
                UPLOAD + " <run",
                UPLOAD + " /buildkite/signing-jwks/key",
                UPLOAD + " ../../keys/private.json",
                UPLOAD + " .git/config",
                UPLOAD + " --jwks-file=/workspace/mine",
                UPLOAD + " --jwks-key-id mine",
                UPLOAD + " --job=other",
                UPLOAD + " --endpoint=https://example.com",
                UPLOAD + " --debug-signing",
                UPLOAD + " --dry-run",
                "buildkite-agent tool sign",
                "buildkite-agent artifact upload /buildkite/signing-jwks/key",
                ".buildkite/generate | .buildkite/generate | " + UPLOAD,
                "docker/entrypoint.sh curl https://example.com/p.yml | " + UPLOAD,
                "/bin/cat /buildkite/signing-jwks/key | " + UPLOAD,
                "");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatIsNoUploadIsNotEvenFetched(String command) throws Exception {
        assertRefusedAtOnce(variables -> variables.put("BUILDKITE_COMMAND", command), "its command is");
    }

    /** It stands in an annotation too, where markup would act. */
    @Test
    void aCommandThatIsRefusedIsShownAsItIsWithoutMarkup() throws Exception {
        assertRefusedAtOnce(
                variables -> variables.put("BUILDKITE_COMMAND", "./run \"$A\" --b='c' | " + UPLOAD + " <b>*`x`&"),
                "its command is \"./run '$A' --b='c' | " + UPLOAD + " ?b???x??\", and nothing runs here but " + UPLOAD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LD_LIBRARY_PATH",
                "ENV",
                "PATH",
                "GIT_SSH_COMMAND",
                "COLOUR",
                "BUILDKITE_GIT_CLONE_FLAGS",
                "BUILDKITE_GIT_FETCH_FLAGS",
                "BUILDKITE_SKIP_CHECKOUT",
                "BUILDKITE_AGENT_JWKS_FILE",
                "BUILDKITE_PIPELINE_REPLACE",
                "BUILDKITE_PIPELINE_UPLOAD_DRY_RUN",
                "BUILDKITE_HOOKS_PATH",
                "BUILDKITE_SHELL",
                "BUILDKITE_ENV_FILE",
                "BUILDKITE_ARTIFACT_UPLOAD_DESTINATION"
            })
    void aVariableThatTellsSomethingWhatToDoIsRefused(String name) throws Exception {
        assertRefusedAtOnce(variables -> variables.put(name, "x"), "it has the variable " + name);
    }

    @Test
    void nothingElseIsBroughtToTheKey() throws Exception {
        assertRefusedAtOnce(
                variables -> variables.put("BUILDKITE_PLUGINS", "[{\"github.com/acme/x-buildkite-plugin#v1\":null}]"),
                "it has plugins");
        assertRefusedAtOnce(
                variables -> variables.put("BUILDKITE_ARTIFACT_PATHS", "/buildkite/signing-jwks/key"),
                "it uploads artifacts");
        assertRefusedAtOnce(variables -> variables.put("BUILDKITE_IMAGE", "mallory/image"), "it names an image");
        assertRefusedAtOnce(
                variables -> variables.put("BUILDKITE_REFSPEC", "refs/pull/7/head"), "it says what to fetch");
    }

    /** An approval makes a fork's commit run elsewhere, but signed it is not. */
    @Test
    void whatAForkWroteIsNotSigned() throws Exception {
        var approved = SafeBuildCase.named("a fork that a member of an allowed team unblocked");
        assertRefusedAtOnce(
                variables -> {
                    variables.putAll(approved.variables());
                    variables.keySet().removeIf(name -> !name.startsWith("BUILDKITE"));
                    variables.put("BUILDKITE_PLUGINS", "");
                    variables.put("BUILDKITE_COMMAND", UPLOAD);
                },
                "it brings code from a fork");
        assertRefusedAtOnce(
                variables -> {
                    variables.put("BUILDKITE_SOURCE", "ui");
                    variables.put("BUILDKITE_REPO", "git@github.com:mallory/app.git");
                },
                "its repository, git@github.com:mallory/app.git, is not one of the fleet's repositories");
    }

    /** Who starts a build may say of any commit that it is of a branch; the server hands out those of forks too. */
    @ParameterizedTest
    @ValueSource(strings = {"ui", "api", "webhook", "trigger_job"})
    void aCommitThatIsOnNoBranchIsNotSigned(String source) throws Exception {
        repository.git("checkout", "--quiet", "-b", "of-mallory");
        write(FILE, "steps: [{command: ./evil}]\n");
        var fork = repository.commit("echo ran: fork");
        repository.git("update-ref", "refs/pull/7/head", fork);
        repository.git("checkout", "--quiet", "main");
        repository.git("branch", "--quiet", "-D", "of-mallory");
        var variables = job(UPLOAD);
        variables.put("BUILDKITE_SOURCE", source);
        variables.put("BUILDKITE_TRIGGERED_FROM_BUILD_ID", "4735ba57-80d0-46e2-8fa0-b28223a86586");
        variables.put("BUILDKITE_COMMIT", fork);
        try (var api = AgentApi.withJob(variables)) {
            run(api);

            assertThat(api.log())
                    .contains("fleet: refused: commit " + fork + " is on no branch of " + KeyFiles.REPOSITORY);
            assertThat(api.end("exit_status")).hasValue("1");
            assertThat(api.pipelines()).isEmpty();
        }
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Files.delete(repository.directory().resolve(FILE));
        Files.createSymbolicLink(repository.directory().resolve(FILE), keys.secret());
        repository.git("add", FILE);
        repository.commit("echo ran: ours");
        try (var api = AgentApi.withJob(job(UPLOAD))) {
            run(api);

            assertThat(api.log()).contains("fleet: refused: the commit has no file " + FILE);
            assertThat(api.pipelines()).isEmpty();
        }
    }

    @Test
    void hooksOfTheRepositoryDoNotRun() throws Exception {
        for (var name : List.of("environment", "pre-command", "command", "pre-exit", "post-checkout")) {
            var hook = write(".buildkite/hooks/" + name, "#!/bin/sh\necho local hook ran\n");
            assertThat(hook.toFile().setExecutable(true)).isTrue();
        }
        repository.commit("echo ran: ours");
        try (var api = AgentApi.withJob(job(UPLOAD))) {
            run(api);

            assertThat(api.log()).doesNotContain("local hook ran");
            assertThat(api.pipelines()).hasSize(1);
        }
    }

    @Test
    void nothingIsLeft() throws Exception {
        try (var api = AgentApi.withJob(job(UPLOAD))) {
            run(api);

            assertThat(directory.resolve("tmp")).isEmptyDirectory();
        }
    }

    private void assertRefusedAtOnce(Consumer<Map<String, String>> change, String because) throws Exception {
        var variables = job(UPLOAD);
        change.accept(variables);
        try (var api = AgentApi.withJob(variables)) {
            var log = run(api);

            assertThat(log).contains("this queue signs steps, and " + because);
            assertThat(api.end("signal_reason")).hasValue("agent_refused");
            assertThat(api.pipelines()).isEmpty();
            assertThat(directory.resolve("builds/test")).doesNotExist();
        }
    }

    private boolean verifies(JsonObject step) throws Exception {
        var variables = job(step.get("command").getAsString());
        try (var api = AgentApi.withJob(variables, step)) {
            var elsewhere = Hooks.in(directory.resolve("hooks-" + System.nanoTime()), SafeBuildCase.policy());
            agent.run(api, directory, elsewhere, environment(keys.verifying("block")));
            return api.end("signal_reason").isEmpty();
        }
    }

    private String run(AgentApi api) throws IOException, InterruptedException {
        return agent.run(api, directory, hooks, environment(keys.signing()));
    }

    private Map<String, String> environment(Map<String, String> agents) throws IOException {
        var environment = new TreeMap<>(agents);
        environment.put(
                "GIT_CONFIG_GLOBAL",
                repository
                        .standingFor(directory.resolve("gitconfig"), List.of(KeyFiles.REPOSITORY))
                        .toString());
        return environment;
    }

    private TreeMap<String, String> job(String command) throws Exception {
        var job = new TreeMap<>(
                HooksUnderAgentTest.job(SafeBuildCase.named("a push").variables()));
        job.keySet().removeIf(name -> !name.startsWith("BUILDKITE"));
        job.put("BUILDKITE_COMMIT", head());
        job.put("BUILDKITE_COMMAND", command);
        job.put("BUILDKITE_REFSPEC", "");
        job.put("BUILDKITE_PLUGINS", "");
        job.put("CI", "true");
        return job;
    }

    private static Map<String, String> change(Map<String, String> job, String command) {
        var changed = new TreeMap<>(job);
        changed.put("BUILDKITE_COMMAND", command);
        return changed;
    }

    private String head() throws Exception {
        return repository.git("rev-parse", "HEAD");
    }

    private static JsonObject uploaded(AgentApi api) {
        assertThat(api.pipelines()).as(api.log()).hasSize(1);
        return KeyFiles.onlyStep(api.pipelines().get(0));
    }

    private void script(String text) throws Exception {
        var script = write(".buildkite/generate", "#!/bin/sh\n" + text + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        repository.git("add", ".buildkite");
        repository.commit("echo ran: ours");
    }

    private Path write(String name, String text) throws Exception {
        var file = repository.directory().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        repository.git("add", name);
        return file;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
