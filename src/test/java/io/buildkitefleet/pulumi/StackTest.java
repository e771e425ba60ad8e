package io.buildkitefleet.pulumi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackTest {
    @TempDir
    private Path directory;

    private Stack read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private Stack read(byte[] content) {
        try {
            Files.writeString(directory.resolve("Pulumi.yaml"), "name: acme\n");
            Files.write(directory.resolve("Pulumi.dev.yaml"), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Project.read(directory).stack("dev");
    }

    /** The right column is what Pulumi 3.182.0 hands to a program for the left one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    12                   | 12
                    +5                   | 5
                    -0x1F                | -31
                    0755                 | 493
                    0o755                | 493
                    0b11                 | 3
                    1_000                | 1000
                    12345678901234567890 | 12345678901234567890
                    1.50                 | 1.5
                    1.                   | 1
                    .5                   | 0.5
                    1e3                  | 1000
                    true                 | true
                    yes                  | yes
                    on                   | on
                    1:30                 | 1:30
                    ~                    | ``
                    2026-01-02           | 2026-01-02 00:00:00 +0000 UTC
                    2026-02-30           | 2026-02-30
                    2026-13-01           | 2026-13-01
                    2026-01-02T24:00:00Z | 2026-01-02T24:00:00Z
                    2026-01-02T03:04:05Z | 2026-01-02 03:04:05 +0000 UTC
                    2026-01-02T03:04:05.5+02:00 | 2026-01-02 03:04:05.5 +0200 +0200
                    2026-13-45           | 2026-13-45
                    "2026-01-02"         | 2026-01-02
                    []                   | []
                    {}                   | {}
                    [x, 1.5, null, yes]  | ["x",1.5,null,"yes"]
                    {z: 1, a: {k: <&>}}  | {"a":{"k":"\\u003c\\u0026\\u003e"},"z":1}
                    {1: int, true: bool} | {"1":"int","true":"bool"}
                    {secure: 5}          | {"secure":5}
                    """)
    void valuesReachTheProgramAsPulumiWritesThem(String yaml, String text) {
        assertThat(read("config:\n  value: " + yaml + "\n").config()).isEqualTo(Map.of("acme:value", text));
    }

    @Test
    void keysGetTheNamespaceOfTheProject() {
        Stack stack = read("config:\n  region: a\n  gcp:project: b\n  acme:config:zone: c\n");
        assertThat(stack.config()).isEqualTo(Map.of("acme:region", "a", "gcp:project", "b", "acme:zone", "c"));
    }

    @Test
    void aSecretIsReplacedByAPlaceholder() {
        Stack stack = read("config:\n  token: {secure: v1:abc}\n  region: a\n");
        assertThat(stack.config()).containsEntry("acme:token", "offline-placeholder-for-token");
        assertThat(stack.secretKeys()).containsExactly("acme:token");
        assertThat(stack.maskedConfig()).isEqualTo(Map.of("acme:region", "a", "acme:token", "[secret]"));
    }

    @Test
    void aSecretInsideAnObjectMakesTheWholeKeySecret() {
        Stack stack = read("config:\n  fleet: {mac: [{token: {secure: v1:abc}}], size: 1}\n");
        assertThat(stack.config())
                .containsEntry(
                        "acme:fleet",
                        "{\"mac\":[{\"token\":\"offline-placeholder-for-fleet.mac[0].token\"}],\"size\":1}");
        assertThat(stack.secretKeys()).containsExactly("acme:fleet");
        assertThat(stack.maskedConfig()).containsEntry("acme:fleet", "{\"mac\":[{\"token\":\"[secret]\"}],\"size\":1}");
    }

    @Test
    void onlyMissingSecretsGetAPlaceholder() {
        Stack stack = read("config:\n  token: {secure: v1:abc}\n")
                .withPlaceholderSecrets(Set.of("acme:token", "acme:sshKey"));
        assertThat(stack.placeholders()).containsExactly("acme:sshKey");
        assertThat(stack.config()).containsEntry("acme:sshKey", "offline-placeholder-for-sshKey");
        assertThat(stack.secretKeys()).containsExactlyInAnyOrder("acme:token", "acme:sshKey");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    config: [a]                  | Pulumi.dev.yaml: config must be a map of keys to values
                    config: text                 | Pulumi.dev.yaml: config must be a map of keys to values
                    - a                          | Pulumi.dev.yaml must hold a map of keys to values
                    config: {a: 1, a: 2}         | Pulumi.dev.yaml:1:16: found duplicate key a
                    config: {a: {b: 1, b: 2}}    | Pulumi.dev.yaml:1:20: found duplicate key b
                    config: {a: 1, acme:a: 2}    | Pulumi.dev.yaml: acme:a is set twice, with and without its namespace
                    config: {a:b:c: 1}           | Pulumi.dev.yaml: config key "a:b:c" must be name or namespace:name
                    config: {a: .inf}            | Pulumi.dev.yaml: acme:a: must be a number that JSON knows, got .inf (line 1)
                    config: {a: {b: [1, .nan]}}  | Pulumi.dev.yaml: acme:a.b[1]: must be a number that JSON knows, got .nan (line 1)
                    config: {gcp:a: -1e400}      | Pulumi.dev.yaml: gcp:a: must be a number that JSON knows, got -1e400 (line 1)
                    config: {a: !!java.net.URL x} | Pulumi.dev.yaml:1:13: Global tag is not allowed: tag:yaml.org,2002:java.net.URL
                    config: {a: "b}              | Pulumi.dev.yaml:1:16: found unexpected end of stream (while scanning a quoted scalar that begins at 1:13)
                    config: {a: *b}              | Pulumi.dev.yaml:1:13: found undefined alias b
                    """)
    void aBadFileIsExplainedInOneLine(String yaml, String message) {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> read(yaml))
                .withMessage(message);
    }

    @Test
    void allNumbersThatAreNoneAreNamed() {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> read("config:\n  a: .inf\n  b: {c: .nan}\n"))
                .withMessageMatching(
                        "(?s)Pulumi.dev.yaml: acme:a: .* \\(line 2\\)\nPulumi.dev.yaml: acme:b.c: .* \\(line 3\\)");
    }

    @Test
    void aControlCharacterIsNamed() {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> read("config: {a: b\u0007}"))
                .withMessage("Pulumi.dev.yaml:1:14: holds the character U+0007, which YAML does not allow");
    }

    @Test
    void aTabBeforeAKeyIsNamed() {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> read("config:\n\ta: 1\n"))
                .withMessageStartingWith("Pulumi.dev.yaml:2:1: found character '\\t(TAB)' that cannot start any token")
                .withMessageContaining("Do not use \\t(TAB) for indentation");
    }

    @Test
    void aFileThatIsNotTextIsNamed() {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> read(new byte[] {(byte) 0xff, (byte) 0xfe}))
                .withMessage("Pulumi.dev.yaml: is not UTF-8 text");
    }
}
