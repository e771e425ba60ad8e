package io.buildkitefleet.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.variables.EncryptedVariable;
import io.buildkitefleet.variables.KeyService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which encrypted variables the environment hook opens. */
class EncryptedVariablesTest {
    private static final String SECRET = "npm_hunter2";

    private static KeyService service;

    @TempDir
    Path directory;

    private Hooks hooks;

    @BeforeAll
    static void startTheService() throws Exception {
        service = new KeyService();
    }

    @AfterAll
    static void stopTheService() {
        service.close();
    }

    @BeforeEach
    void hooksOfAQueue() throws Exception {
        hooks = Hooks.in(directory.resolve("hooks"), SafeBuildCase.policy());
    }

    @ParameterizedTest
    @MethodSource("io.buildkitefleet.hooks.PosixHooksTest#shells")
    void thoseOfTheQueueAreOpenedUnderBothNames(List<String> shell) throws Exception {
        var run = run(shell, Map.of("SECRET_NPM_TOKEN", encrypt("big", "NPM_TOKEN", "two\nlines\n")));

        assertThat(run).isEqualTo(new Hooks.Run(0, "two\nlines\n.two\nlines\n."));
    }

    @Test
    void thoseOfOtherQueuesStayAsTheyAre() throws Exception {
        var sealed = encrypt("deploy", "NPM_TOKEN", SECRET);

        assertThat(run(List.of("sh"), Map.of("SECRET_NPM_TOKEN", sealed)))
                .isEqualTo(new Hooks.Run(0, "." + sealed + "."));
    }

    @Test
    void aSecretThatIsNotEncryptedStaysAsItIs() throws Exception {
        assertThat(run(List.of("sh"), Map.of("SECRET_NPM_TOKEN", "plain"))).isEqualTo(new Hooks.Run(0, ".plain."));
    }

    @Test
    void oneThatDoesNotOpenFailsTheJobAndSaysWhy() throws Exception {
        var run = run(List.of("sh"), Map.of("SECRET_NPM_TOKEN", encrypt("big", "OTHER", SECRET)));

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output())
                .contains("SECRET_NPM_TOKEN cannot be opened: it was made for the name SECRET_OTHER")
                .doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("io.buildkitefleet.hooks.PosixHooksTest#shells")
    void aNameThatNoJobMayBeGivenFailsTheJobAndSaysWhy(List<String> shell) throws Exception {
        var variables = Map.of("SECRET_LD_PRELOAD", encrypt("big", "NPM_TOKEN", SECRET), "SECRET_NPM_TOKEN", "plain");

        var run = run(shell, variables);

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.output())
                .isEqualTo("fleet: SECRET_LD_PRELOAD cannot be opened: a job cannot be given LD_PRELOAD; "
                        + "use another name\n");
    }

    @Test
    void whatIsNotACommandContainerOpensNothing() throws Exception {
        var sealed = encrypt("big", "NPM_TOKEN", SECRET);
        var environment = new TreeMap<>(Map.of("SECRET_NPM_TOKEN", sealed));
        environment.put("FLEET_QUEUE", "");

        assertThat(run(List.of("sh"), environment)).isEqualTo(new Hooks.Run(0, "." + sealed + "."));
    }

    /** A squash merge takes its message from a pull request's text. */
    @ParameterizedTest
    @MethodSource("io.buildkitefleet.hooks.PosixHooksTest#shells")
    void aMessageThatLooksLikeOneFailsNoJob(List<String> shell) throws Exception {
        var sealed = encrypt("big", "NPM_TOKEN", SECRET);
        var message = "A change\nSECRET_X=fleet1.big.1.a.b\nSECRET_NPM_TOKEN=fleet1.big.1.a.b";
        var environment = Map.of("BUILDKITE_MESSAGE", message, "SECRET_NPM_TOKEN", sealed);

        assertThat(run(shell, environment)).isEqualTo(new Hooks.Run(0, SECRET + "." + SECRET + "."));
    }

    private static String encrypt(String queue, String name, String value) {
        return EncryptedVariable.of(service.key(queue), name, value.getBytes(StandardCharsets.UTF_8))
                .sealed();
    }

    /** Reads the hook as the agent does, then prints what the job would find, a dot after each. */
    private Hooks.Run run(List<String> shell, Map<String, String> variables) throws Exception {
        var environment = new TreeMap<>(service.environment(directory.resolve("arguments")));
        environment.put("BUILDKITE_HOOKS_PATH", hooks.directory().toString());
        environment.put(
                "TMPDIR", Files.createDirectories(directory.resolve("tmp")).toString());
        environment.put("FLEET_QUEUE", "big");
        environment.put("BUILDKITE_BOOTSTRAP_PHASES", "command");
        environment.putAll(variables);
        var command = new ArrayList<>(shell);
        command.addAll(List.of(
                "-c",
                ". \"$1\"; printf '%s.' \"${NPM_TOKEN:-}\" \"$SECRET_NPM_TOKEN\"",
                "wrapper",
                hooks.file("environment").toString()));
        return Hooks.run(environment, directory, command);
    }
}
