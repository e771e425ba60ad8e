package io.buildkitefleet.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is encrypted here opens in a job: the real script with the real openssl, against a stand-in of Cloud KMS. */
class OpenVariableTest {
    private static final Path SCRIPT = Path.of("src/main/resources/hooks/open-variable");
    private static final Path STUBS = Path.of("src/test/resources/hooks");

    private static KeyService service;

    @TempDir
    private Path directory;

    /** How the script ended. */
    private record Run(int exitCode, String value, String errors) {}

    @BeforeAll
    static void startTheService() throws IOException, GeneralSecurityException {
        service = new KeyService();
    }

    @AfterAll
    static void stopTheService() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "npm_1234567890", "a b'c\"d$e\\f`g%h", "two\nlines\n", "\n", "ümläut €", "-n", "\\c"})
    void theValueArrivesByteByByte(String value) throws Exception {
        var run = open("NPM_TOKEN", encrypt("big", "NPM_TOKEN", value));

        assertThat(run).isEqualTo(new Run(0, value, ""));
    }

    @Test
    void aLongValueArrivesToo() throws Exception {
        var value = "0123456789abcdef".repeat(4096);

        assertThat(open("KEY", encrypt("big", "KEY", value)).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void everyShellOfAnImageWillDo(String shell) throws Exception {
        var command = List.of(shell.split(" "));
        assumeThat(isThere(command.get(0))).as("%s is there", shell).isTrue();

        var run = run(command, "NPM_TOKEN", encrypt("big", "NPM_TOKEN", "npm_1234"), Map.of());

        assertThat(run).isEqualTo(new Run(0, "npm_1234", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LD_PRELOAD", "BUILDKITE_AGENT_ACCESS_TOKEN", "PATH", "GIT_SSH_COMMAND"})
    void aNameThatNoJobMayBeGivenIsNotEvenAskedFor(String name) throws Exception {
        assertRefused(
                open(name, encrypt("big", "NPM_TOKEN", "npm_1234")),
                "SECRET_" + name + " cannot be opened: a job cannot be given " + name + "; use another name");
        assertThat(directory.resolve("arguments")).doesNotExist();
    }

    @Test
    void underAnotherNameItDoesNotOpen() throws Exception {
        assertRefused(
                open("PRINTED", encrypt("big", "NPM_TOKEN", "npm_1234")),
                "SECRET_PRINTED cannot be opened: it was made for the name SECRET_NPM_TOKEN");
    }

    @Test
    void onAnotherQueueItDoesNotOpenEvenWithThatQueuesNameWrittenOnIt() throws Exception {
        var sealed = encrypt("deploy", "NPM_TOKEN", "npm_1234").replace("fleet1.deploy.", "fleet1.big.");

        assertRefused(open("NPM_TOKEN", sealed), "it is for another queue, and this is big");
    }

    @Test
    void aChangedValueDoesNotOpen() throws Exception {
        var parts = encrypt("big", "NPM_TOKEN", "npm_1234").split("\\.");
        var other = encrypt("big", "NPM_TOKEN", "npm_5678").split("\\.");
        parts[4] = other[4];

        assertRefused(open("NPM_TOKEN", String.join(".", parts)), "it was changed after it was made");
    }

    @Test
    void aChangedPasswordDoesNotOpen() throws Exception {
        var parts = encrypt("big", "NPM_TOKEN", "npm_1234").split("\\.");
        parts[3] = (parts[3].startsWith("A") ? "B" : "A") + parts[3].substring(1);

        assertRefused(
                open("NPM_TOKEN", String.join(".", parts)),
                "Cloud KMS refuses: Decryption failed: the ciphertext is invalid.");
    }

    @Test
    void aVersionThatIsNoNumberIsNotAskedFor() throws Exception {
        var sealed = encrypt("big", "NPM_TOKEN", "npm_1234").replace(".3.", ".3/../4.");

        assertRefused(open("NPM_TOKEN", sealed), "it names no version of the key");
    }

    @Test
    void aVersionThatIsGoneIsSaid() throws Exception {
        var sealed = encrypt("big", "NPM_TOKEN", "npm_1234").replace(".3.", ".2.");

        assertRefused(open("NPM_TOKEN", sealed), "Cloud KMS refuses: CryptoKeyVersion not found.");
    }

    @Test
    void aServiceThatWantsToBeAskedAgainMuchLaterIsNotWaitedFor() throws Exception {
        var run = run(
                List.of("sh"),
                "NPM_TOKEN",
                encrypt("big", "NPM_TOKEN", "npm_1234"),
                Map.of("FLEET_VARIABLES_KEY", KeyService.BUSY_KEY));

        assertRefused(run, "Cloud KMS refuses: The service is currently unavailable.");
    }

    @Test
    void anImageWithoutOpensslIsSaid() throws Exception {
        var tools = Files.createDirectory(directory.resolve("tools"));
        Files.copy(STUBS.resolve("curl"), tools.resolve("curl"));
        var sealed = encrypt("big", "NPM_TOKEN", "npm_1234");

        assertRefused(
                run(List.of("/bin/sh"), "NPM_TOKEN", sealed, Map.of("PATH", tools.toString())),
                "the image of this job has no openssl");
    }

    @Test
    void withoutAKeyOfTheQueueThatIsSaid() throws Exception {
        var run = run(
                List.of("sh"), "NPM_TOKEN", encrypt("big", "NPM_TOKEN", "npm_1234"), Map.of("FLEET_VARIABLES_KEY", ""));

        assertRefused(run, "queue big has no key");
    }

    @Test
    void noArgumentAndNoFileHoldsWhatIsSecret() throws Exception {
        open("NPM_TOKEN", encrypt("big", "NPM_TOKEN", "npm_1234"));

        assertThat(Files.readString(directory.resolve("arguments")))
                .contains("asymmetricDecrypt")
                .doesNotContain(service.token(), "npm_1234");
        assertThat(Files.list(directory.resolve("tmp"))).as("what is left").isEmpty();
    }

    private static void assertRefused(Run run, String reason) {
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.value()).isEmpty();
        assertThat(run.errors()).contains(reason).doesNotContain("npm_");
    }

    private static String encrypt(String queue, String name, String value) {
        return EncryptedVariable.of(service.key(queue), name, value.getBytes(StandardCharsets.UTF_8))
                .sealed();
    }

    private Run open(String name, String sealed) throws IOException, InterruptedException {
        return run(List.of("sh"), name, sealed, Map.of());
    }

    private Run run(List<String> shell, String name, String sealed, Map<String, String> variables)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(shell);
        command.addAll(List.of(SCRIPT.toString(), name));
        var process = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("value").toFile())
                .redirectError(directory.resolve("errors").toFile());
        process.environment().putAll(environment());
        process.environment().put("SECRET_" + name, sealed);
        process.environment().putAll(variables);
        var exitCode = process.start().waitFor();
        return new Run(
                exitCode, Files.readString(directory.resolve("value")), Files.readString(directory.resolve("errors")));
    }

    private Map<String, String> environment() throws IOException {
        var environment = new HashMap<>(service.environment(directory.resolve("arguments")));
        environment.put(
                "TMPDIR", Files.createDirectories(directory.resolve("tmp")).toString());
        environment.put("FLEET_QUEUE", "big");
        return environment;
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
