package io.buildkitefleet.pulumi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack whose configuration Pulumi has printed. */
class ConfigOutputTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void aProject() throws IOException {
        Files.writeString(directory.resolve("Pulumi.yaml"), "name: acme\n");
        Files.writeString(
                directory.resolve("Pulumi.dev.yaml"),
                "environment: [acme/ci-dev]\nconfig:\n  acme:region: of-the-file\n");
        file = directory.resolve("dev.json");
    }

    private Stack stack(String json) throws IOException {
        Files.writeString(file, json);
        return Project.read(directory).withConfigFile(file).stack("dev");
    }

    @Test
    void itsValuesAreTheStacks() throws IOException {
        var stack = stack("""
                {
                  "acme:count": {"value": "4", "secret": false},
                  "acme:empty": {"value": "", "secret": false},
                  "acme:fleet": {"value": "{\\"a\\":[1,2.5]}", "objectValue": {"a": [1, 2.5]}, "secret": false}
                }
                """);
        assertThat(stack.config())
                .containsEntry("acme:count", "4")
                .containsEntry("acme:empty", "")
                .containsEntry("acme:fleet", "{\"a\":[1,2.5]}")
                .doesNotContainKey("acme:region");
    }

    /** Whatever an environment said is in it. */
    @Test
    void nothingIsElsewhere() throws IOException {
        var stack = stack("{\"acme:token\": {\"secret\": true}}");
        assertThat(stack.environments()).isEmpty();
        assertThat(stack.secretKeys()).containsExactly("acme:token");
        assertThat(stack.maskedConfig()).containsEntry("acme:token", "[secret]");
    }

    /** Pulumi writes no such file, so commands for it must not name it. */
    @Test
    void whatIsMissingIsToBeSetInTheStacksOwnFile() throws IOException {
        var stack = stack("{\"acme:token\": {\"secret\": true}}");
        assertThat(stack.fileName()).isEqualTo("Pulumi.dev.yaml");
        assertThat(stack.selection()).isEqualTo("--stack dev");
    }

    @Test
    void valuesOfSecretsAreRefusedAndNotShown() {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> stack("{\"acme:token\": {\"value\": \"hunter2\", \"secret\": true}}"))
                .withMessage(
                        "dev.json: has the value of the secret acme:token in it; delete it, and make it anew without "
                                + "--show-secrets, which nothing here needs");
    }

    @Test
    void aStacksFileInJsonIsStillOne() throws IOException {
        assertThat(stack("{\"config\": {\"acme:region\": \"west\"}}").config()).containsEntry("acme:region", "west");
    }
}
