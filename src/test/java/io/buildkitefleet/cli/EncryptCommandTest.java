package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypting a variable from the command line. */
class EncryptCommandTest {
    private static final InputStream TERMINAL = System.in;

    @TempDir
    private static Path directory;

    private static Path keys;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void saveTheOutput() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(4096);
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        keys = Files.writeString(
                directory.resolve("keys.json"),
                new Gson().toJson(Map.of("deploy", Map.of("version", 2, "publicKey", pem))));
    }

    @AfterEach
    void giveTheTerminalBack() {
        System.setIn(TERMINAL);
    }

    @Test
    void theLineOfThePipelineFileIsPrintedAndNothingElse() {
        assertThat(encrypt("npm_1234567890\n", "deploy", "NPM_TOKEN")).isZero();
        assertThat(out.toString())
                .startsWith("SECRET_NPM_TOKEN: \"fleet1.deploy.2.")
                .hasLineCount(1)
                .doesNotContain("npm_1234567890");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aValueThatTheLogWouldShowIsPointedOut() {
        assertThat(encrypt("12345\n", "deploy", "PIN")).isZero();
        assertThat(err.toString()).contains("Shorter than 6 bytes");
    }

    @Test
    void aQueueWithoutAKeyIsOneClearLine() {
        assertThat(encrypt("x", "big", "NPM_TOKEN")).isEqualTo(1);
        assertThat(err.toString()).contains("has no key of queue \"big\"").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(run("x", "encrypt", "deploy", "NPM_TOKEN", "--key", "no/keys.json"))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("--key no/keys.json: can't be read (no such file or directory)")
                .hasLineCount(1);
    }

    @Test
    void withSeveralStacksAndNoneNamedTheyAreListed() {
        assertThat(run("x", "-C", ".", "encrypt", "deploy", "NPM_TOKEN")).isEqualTo(2);
        assertThat(err.toString()).startsWith("say which: --stack dev or --stack local or --stack prod, or --key FILE");
    }

    private int encrypt(String input, String queue, String name) {
        return run(input, "encrypt", queue, name, "--key", keys.toString());
    }

    private int run(String input, String... arguments) {
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return FleetCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(new ArrayList<>(List.of(arguments)).toArray(String[]::new));
    }
}
