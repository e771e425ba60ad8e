package io.buildkitefleet.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptedVariableTest {
    private static KeyService service;

    @BeforeAll
    static void startTheService() throws IOException, GeneralSecurityException {
        service = new KeyService();
    }

    @AfterAll
    static void stopTheService() {
        service.close();
    }

    @Test
    void theLineNamesTheQueueAndTheVersionOfItsKey() {
        assertThat(encrypt("NPM_TOKEN", "npm_1234").line())
                .matches("SECRET_NPM_TOKEN: \"fleet1\\.big\\.3\\.[A-Za-z0-9+/=]+\\.[A-Za-z0-9+/=]+\"");
    }

    @Test
    void twoLinesOfOneValueHaveNothingInCommon() {
        var one = encrypt("NPM_TOKEN", "npm_1234").sealed().split("\\.");
        var other = encrypt("NPM_TOKEN", "npm_1234").sealed().split("\\.");

        assertThat(one[3]).isNotEqualTo(other[3]);
        assertThat(one[4]).isNotEqualTo(other[4]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"npm_token", "1ST", "", "A-B", "A\n"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> encrypt(name, "value"))
                .isInstanceOf(VariableException.class)
                .hasMessageContaining("got \"" + name + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BUILDKITE_REPO", "FLEET_QUEUE", "PATH", "LD_PRELOAD", "DOCKER_CONFIG", "GIT_SSH_COMMAND"})
    void aNameThatNoJobMayBeGivenIsRefused(String name) {
        assertThatThrownBy(() -> encrypt(name, "value"))
                .isInstanceOf(VariableException.class)
                .hasMessageStartingWith("the variable must have another name, got " + name);
    }

    @Test
    void aNameMayBeginLikeOneOfTheShellsOwn() {
        assertThat(encrypt("PATH_TO_KEY", "value").line()).startsWith("SECRET_PATH_TO_KEY: ");
    }

    @Test
    void noValueIsRefused() {
        assertThatThrownBy(() -> encrypt("NPM_TOKEN", "")).hasMessageContaining("standard input");
    }

    @Test
    void aValueThatNoVariableCanHoldIsRefused() {
        assertThatThrownBy(() -> encrypt("KEY", "a\0b")).hasMessageContaining("byte of zero");
        assertThatThrownBy(() -> encrypt("KEY", "x".repeat(65_537))).hasMessageContaining("65536 bytes, got 65537");
    }

    @Test
    void theKeyIsReadFromTheStacksOutput() {
        var key = VariableKey.of("big", output(service.publicKeyPem()), "keys.json");

        assertThat(key).isEqualTo(service.key("big"));
    }

    @Test
    void aQueueWithoutAKeyIsToldHowToGetOne() {
        assertThatThrownBy(() -> VariableKey.of("light", output(service.publicKeyPem()), "keys.json"))
                .isInstanceOf(VariableException.class)
                .hasMessage("keys.json has no key of queue \"light\"; there are: big; set queues.light.variablesKey: 1 "
                        + "and deploy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"big\": 1}", "{\"big\": {}}", "{", "{\"big\": {\"version\": \"x\"}}"})
    void whatIsNotTheOutputIsSaidToBeSo(String text) {
        assertThatThrownBy(() -> VariableKey.of("big", text, "keys.json"))
                .isInstanceOf(VariableException.class)
                .hasMessageContaining("keys.json is not the stack output variableKeys");
    }

    @Test
    void aKeyOfAnotherSizeIsRefused() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var encoded = generator.generateKeyPair().getPublic().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(encoded)
                + "\n-----END PUBLIC KEY-----\n";

        assertThatThrownBy(() -> VariableKey.of("big", output(pem), "keys.json"))
                .hasMessageContaining("not an RSA key of 4096 bits");
    }

    private static String output(String pem) {
        return new Gson().toJson(Map.of("big", Map.of("version", 3, "publicKey", pem)));
    }

    private static EncryptedVariable encrypt(String name, String value) {
        return EncryptedVariable.of(service.key("big"), name, value.getBytes(StandardCharsets.UTF_8));
    }
}
