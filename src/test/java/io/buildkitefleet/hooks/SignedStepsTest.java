package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.signing.KeySet;
import io.buildkitefleet.signing.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of steps under the real agent: what runs, what does not, and what a signature says nothing of. */
@Tag("engine")
class SignedStepsTest {
    private static final String PIPELINE = """
            env: {COLOUR: blue}
            steps:
              - command: ./run
                env: {SIZE: large}
            """;

    @TempDir
    Path directory;

    private final BuildkiteAgent agent = BuildkiteAgent.find();
    private final SigningKey key = SigningKey.generate("key-1");
    private Hooks hooks;
    private GitRepository repository;
    private String commit;
    private KeyFiles keys;
    private JsonObject step;

    @BeforeEach
    void aSignedStep() throws Exception {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
        repository = GitRepository.in(directory.resolve("origin"));
        commit = repository.commit("echo ran: ours");
        keys = KeyFiles.of(directory.resolve("keys"), key);
        step = keys.signed(agent, directory, PIPELINE);
    }

    @Test
    void aSignedStepRuns() throws Exception {
        assertThat(ran(step, variables(step), keys, "block")).isTrue();
    }

    @Test
    void anUnsignedStepDoesNotRun() throws Exception {
        step.remove("signature");
        assertThat(ran(step, variables(step), keys, "block")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "BUILDKITE_COMMAND, ./run; ./run",
        "SIZE, small",
        "COLOUR, red",
        "BUILDKITE_REPO, git@github.com:acme/tools.git",
        "BUILDKITE_PLUGINS, '[{\"github.com/acme/x-buildkite-plugin#v1\":null}]'"
    })
    void anAlteredStepDoesNotRun(String name, String value) throws Exception {
        var variables = variables(step);
        variables.put(name, value);
        assertThat(ran(step, variables, keys, "block")).isFalse();
    }

    @Test
    void aStepWhoseCommandIsAlteredInBothPlacesDoesNotRun() throws Exception {
        step.addProperty("command", "./run --all");
        assertThat(ran(step, variables(step), keys, "block")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-1", "key-2"})
    void aStepThatAnotherKeySignedDoesNotRun(String id) throws Exception {
        var others = KeyFiles.of(directory.resolve("others"), SigningKey.generate(id));
        var theirs = others.signed(agent, directory, PIPELINE);
        assertThat(ran(theirs, variables(theirs), keys, "block")).isFalse();
    }

    @Test
    void whereSignaturesAreNotRequiredEveryStepRuns() throws Exception {
        var unsigned = step.deepCopy();
        unsigned.remove("signature");
        assertThat(ran(unsigned, variables(unsigned), keys, "warn")).isTrue();
        step.addProperty("command", "./run --all");
        assertThat(ran(step, variables(step), keys, "warn")).isTrue();
    }

    /** So a step may be copied: what a queue is for, and which commits are approved, its own keys say. */
    @ParameterizedTest
    @CsvSource({"BUILDKITE_BRANCH, feature", "BUILDKITE_PIPELINE_SLUG, tools", "BUILDKITE_AGENT_META_DATA_QUEUE, deploy"
    })
    void aSignatureSaysNothingOfTheRest(String name, String value) throws Exception {
        var variables = variables(step);
        variables.put(name, value);
        assertThat(ran(step, variables, keys, "block")).isTrue();
    }

    @Test
    void aSignatureSaysNothingOfTheCommit() throws Exception {
        commit = repository.commit("echo ran: ours, changed");
        assertThat(ran(step, variables(step), keys, "block")).isTrue();
    }

    @Test
    void aSignatureSaysNothingOfVariablesThatTheStepDoesNotSet() throws Exception {
        var variables = variables(step);
        variables.put("MAKEFLAGS", "--eval=$(info anything)");
        assertThat(ran(step, variables, keys, "block")).isTrue();
    }

    @Test
    void whileAKeyIsReplacedBothVerify() throws Exception {
        var next = SigningKey.generate("key-2");
        var both = KeyFiles.of(directory.resolve("both"), next, key);
        var later = both.signed(agent, directory, PIPELINE);
        assertThat(ran(step, variables(step), both, "block")).isTrue();
        assertThat(ran(later, variables(later), both, "block")).isTrue();

        var alone = KeyFiles.of(directory.resolve("alone"), next);
        assertThat(ran(step, variables(step), alone, "block")).isFalse();
    }

    /** The project reads and checks keys by itself; these are the ones that the agent makes. */
    @ParameterizedTest
    @ValueSource(strings = {"EdDSA", "ES512", "PS512"})
    void theAgentsOwnKeysAreTaken(String algorithm) throws Exception {
        var secret = directory.resolve("secret.json");
        var open = directory.resolve("open.json");
        var run = Hooks.run(
                Map.of(),
                directory,
                List.of(
                        agent.executable().toString(),
                        "tool",
                        "keygen",
                        "--alg=" + algorithm,
                        "--key-id=theirs",
                        "--private-jwks-file=" + secret,
                        "--public-jwks-file=" + open));
        assertThat(run.exitCode()).as(run.output()).isZero();
        var publicKey =
                KeySet.parse(Files.readString(open)).orElseThrow().keys().get(0);
        var privateKeys = KeySet.parse(Files.readString(secret)).orElseThrow();

        assertThat(publicKey.publicFlaw()).isEmpty();
        assertThat(privateKeys.signingFlaw(publicKey)).isEmpty();
        assertThat(privateKeys.signingFlaw(SigningKey.generate("theirs").open()))
                .isPresent();
        var theirs = new KeyFiles(secret, open, "theirs");
        var signed = theirs.signed(agent, directory, PIPELINE);
        assertThat(ran(signed, variables(signed), theirs, "block")).isTrue();
    }

    /** Whether the job ran; if not, that its signature is why, and that no hook was asked. */
    private boolean ran(JsonObject jobStep, Map<String, String> variables, KeyFiles verifyingKeys, String behavior)
            throws Exception {
        try (var api = AgentApi.withJob(variables, jobStep)) {
            var environment = new TreeMap<>(verifyingKeys.verifying(behavior));
            environment.put(
                    "GIT_CONFIG_GLOBAL",
                    repository
                            .standingFor(
                                    directory.resolve("gitconfig"),
                                    List.of(KeyFiles.REPOSITORY, "git@github.com:acme/tools.git"))
                            .toString());
            var log = agent.run(api, directory, hooks, environment);
            var ran = api.log().contains("ran: ours");
            if (!ran) {
                assertThat(api.end("signal_reason")).hasValue("signature_rejected");
                assertThat(api.end("exit_status")).hasValue("-1");
                assertThat(log).doesNotContain("fleet: allowed");
            }
            return ran;
        }
    }

    private Map<String, String> variables(JsonObject jobStep) {
        var variables = new TreeMap<>(SafeBuildCase.named("a push").variables());
        variables.put("BUILDKITE_COMMIT", commit);
        variables.put("BUILDKITE_JOB_ID", AgentApi.JOB);
        variables.put("BUILDKITE_BUILD_ID", "4735ba57-80d0-46e2-8fa0-b28223a86586");
        variables.put("BUILDKITE_AGENT_NAME", "test");
        variables.put("BUILDKITE_ORGANIZATION_SLUG", "acme");
        variables.put("BUILDKITE_PIPELINE_SLUG", "app");
        variables.put("BUILDKITE_PIPELINE_PROVIDER", "github");
        variables.put("BUILDKITE_ARTIFACT_PATHS", "");
        variables.put("BUILDKITE_COMMAND", jobStep.get("command").getAsString());
        variables.put("COLOUR", "blue");
        variables.remove("BUILDKITE_PLUGINS");
        jobStep.getAsJsonObject("env").asMap().forEach((name, value) -> variables.put(name, text(value)));
        return variables;
    }

    private static String text(JsonElement value) {
        return value.getAsString();
    }
}
