package io.buildkitefleet.pulumi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configuration that {@code Pulumi.yaml} has; ConfigurationSourcesTest has the real engine say the same. */
class ProjectConfigTest {
    @TempDir
    private Path directory;

    @Test
    void aStackHasTheValuesOfItsProject() throws IOException {
        var stack = stack("""
                size: 3
                acme:colour: {default: blue, type: string}
                gcp:project: of-the-project
                gcp:zones: {value: [a, {b: 1.50}]}
                """, "");
        assertThat(stack.config())
                .containsOnly(
                        entry("acme:size", "3"),
                        entry("acme:colour", "blue"),
                        entry("gcp:project", "of-the-project"),
                        entry("gcp:zones", "[\"a\",{\"b\":1.5}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"size: 4", "acme:size: 4", "acme:config:size: 4"})
    void theStacksOwnValueCounts(String own) throws IOException {
        assertThat(stack("size: 3", own).config()).containsOnly(entry("acme:size", "4"));
    }

    @Test
    void aValueThatIsNowhereIsMissing() {
        refused("a: {type: string}", "", "Stack 'dev' is missing configuration value 'a'");
        refused("a: {}\nb: {type: integer}", "", "Stack 'dev' is missing configuration values 'a' and 'b'");
        refused("a: {}\nb: {}\nacme:c: {}", "", "Stack 'dev' is missing configuration values 'a', 'acme:c' and 'b'");
    }

    @Test
    void aSecretThatIsNotSetYetDoesNotStopAPreview() throws IOException {
        assertThat(stack("token: {type: string, secret: true}", "").config()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: string | 1",
                "type: string | {secure: v1:a:b}",
                "type: integer | 12",
                "type: integer | '12'",
                "type: integer | {secure: v1:a:b}",
                "type: boolean | true",
                "type: boolean | 'false'",
                "type: object | {a: {secure: v1:a:b}}",
                "type: array, items: {type: integer} | [1, 2.0, '3', {secure: v1:a:b}]",
                "type: array, items: {type: array, items: {type: boolean}} | [[], [true]]",
                "type: array, items: {type: object} | [{}]",
                "type: string, secret: true | {secure: v1:a:b}"
            })
    void aValueOfTheDeclaredTypeIsTaken(String type, String value) {
        assertThatNoException().isThrownBy(() -> stack("key: {" + type + "}", "key: " + value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: string | [a] | of type 'string'",
                "type: integer | 1.5 | of type 'integer'",
                "type: integer | one | of type 'integer'",
                "type: boolean | 1 | of type 'boolean'",
                "type: object | [] | of type 'object'",
                "type: object | text | of type 'object'",
                "type: array, items: {type: integer} | [1, a] | of type 'array<integer>'",
                "type: array, items: {type: string} | [1] | of type 'array<string>'",
                "type: array, items: {type: array, items: {type: boolean}} | [true] | of type 'array<array<boolean>>'",
                "type: string, secret: true | text | encrypted as it's secret"
            })
    void aValueOfAnotherTypeIsRefused(String type, String value, String reason) {
        refused("key: {" + type + "}", "key: " + value, "Stack 'dev' with configuration key 'key' must be " + reason);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        refused("a: {type: integer}\nb: {type: boolean}", "a: x\nb: y", """
                Stack 'dev' with configuration key 'a' must be of type 'integer'
                Stack 'dev' with configuration key 'b' must be of type 'boolean'""");
        refused("a: {default: 1, value: 2}\ngcp:b: {default: 1}", "", """
                Pulumi.yaml: project config 'a' cannot have both a 'default' and 'value' attribute
                Pulumi.yaml: Configuration key 'gcp:b' is not namespaced by the project and should not define a default \
                value. Did you mean to use the 'value' attribute instead of 'default'?""");
    }

    @Test
    void aValueThatStandsWhereADeclarationDoesSaysWhereItGoes() {
        refused(
                "fleet: {pools: {}}",
                "",
                "Pulumi.yaml: config.fleet must be a text, an integer, true, false, a list, or a map with some of default, "
                        + "description, items, secret, type, value; to give it another value, put that below default");
    }

    @Test
    void aPathIntoAValueIsNotFollowedInSilence() {
        refused(
                "fleet.region: us-west1",
                "",
                "Pulumi.yaml: config key \"fleet.region\" is a path into a value, which the offline preview does not "
                        + "follow; give the whole value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stackConfigDir: stacks",
                "stackConfigDir: ./stacks/",
                "stackConfigDir: /stacks",
                "config: stacks"
            })
    void stacksMayHaveADirectoryOfTheirOwn(String setting) throws IOException {
        write("Pulumi.yaml", "name: acme\n" + setting + "\n");
        write("Pulumi.dev.yaml", "config: {colour: red}\n");
        write("stacks/Pulumi.dev.yaml", "config: {colour: blue}\n");
        write("stacks/Pulumi.prod.yaml", "");

        var project = Project.read(directory);
        assertThat(project.stackNames()).containsExactly("dev", "prod");
        assertThat(project.stack("dev").config()).containsOnly(entry("acme:colour", "blue"));
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> project.stack("dve"))
                .withMessageContaining("(Pulumi.dve.yaml in " + directory.resolve("stacks") + ")");
    }

    @Test
    void theDirectoryOfStacksHasOneName() throws IOException {
        write("Pulumi.yaml", "name: acme\nconfig: a\nstackConfigDir: b\n");
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> Project.read(directory))
                .withMessage(
                        "Pulumi.yaml: Should not use both config and stackConfigDir to define the stack directory. "
                                + "Use only stackConfigDir instead.");
    }

    @Test
    void aFileMayBeTheConfigurationOfAnyStack() throws IOException {
        write("Pulumi.yaml", "name: acme\nconfig: {size: 3}\n");
        write("Pulumi.dev.yaml", "config: {colour: red}\n");
        write("trial.yaml", "config: {colour: blue}\n");

        var stack = Project.read(directory)
                .withConfigFile(directory.resolve("trial.yaml"))
                .stack("dev");
        assertThat(stack.name()).isEqualTo("dev");
        assertThat(stack.config()).containsOnly(entry("acme:colour", "blue"), entry("acme:size", "3"));
    }

    private void refused(String ofProject, String ofStack, String message) {
        assertThatExceptionOfType(ProjectException.class)
                .isThrownBy(() -> stack(ofProject, ofStack))
                .withMessage(message);
    }

    private Stack stack(String ofProject, String ofStack) throws IOException {
        write("Pulumi.yaml", "name: acme\nconfig:\n" + ofProject.indent(2));
        write("Pulumi.dev.yaml", "config:\n" + ofStack.indent(2));
        return Project.read(directory).stack("dev");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(directory.resolve(file).getParent());
        Files.writeString(directory.resolve(file), text);
    }
}
