package io.buildkitefleet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.pulumi.Project;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What YAML makes of values without quotes, and how whoever wrote them is told. */
class YamlTrapsTest {
    private static final String HEAD = """
            config:
              gcp:project: acme-ci
              buildkite-fleet:fleet:
                organization: acme
                region: us-west1
                pools: {big: {machineType: n1-standard-8, max: 2}}
                queues: {big: {pool: big}}
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void aProject() throws IOException {
        Files.writeString(directory.resolve("Pulumi.yaml"), "name: buildkite-fleet\n");
    }

    private Problems read(String text) throws IOException {
        Files.writeString(directory.resolve("Pulumi.dev.yaml"), text);
        var source = new StackSource(Project.read(directory).stack("dev"));
        var problems = new Problems(source);
        FleetConfigReader.read(source, problems);
        return problems;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cluster: {version: 1.30}        | got 1.3, which is what YAML makes of 1.30 (line 8), and not text; write "1.30"
            cluster: {version: 1.36}        | got 1.36, which is not text; write "1.36"
            labels: {cost-center: 007}      | got 7, which is what YAML makes of 007 (line 8), and not text; write "007"
            labels: {cost-center: 0x10}     | got 16, which is what YAML makes of 0x10 (line 8), and not text; write "0x10"
            labels: {cost-center: 1_000}    | got 1000, which is what YAML makes of 1_000 (line 8), and not text; write "1_000"
            labels: {since: 2027-01-31}     | which is what YAML makes of 2027-01-31 (line 8); write "2027-01-31"
            labels: {owner: True}           | got true, which is what YAML makes of True (line 8)
            labels: {owner: true}           | got true, which is not text; write "true"
            name: 1e3                       | got 1000, which is what YAML makes of 1e3 (line 8)
            teams: [1e3]                    | got 1000, which is what YAML makes of 1e3 (line 8), and not text; write "1e3"
            protect: no                     | got "no", which is text to YAML; write false
            protect: on                     | got "on", which is text to YAML; write true
            load: {hoursADay: 2.50}         | got 2.5, which is what YAML makes of 2.50 (line 8)
            load: {hoursADay: 8h}           | got "8h"; write a number alone: the key says what it counts
            usage: {logsGib: "1,000"}       | got "1,000"; write its digits without anything between them
            load: {hoursADay: "08"}         | got "08"; leave out the zero before it
            """)
    void aValueThatYamlChangesIsToldAsItIsWritten(String yaml, String message) throws IOException {
        var problems = read(HEAD + "    " + yaml + "\n");

        assertThat(problems.found())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .endsWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gcp:project: 0123456                   | got "42798", which is what YAML makes of 0123456 (line 2)
            gcp:region: 0123                       | is read as "83", which is what YAML makes of 0123 (line 2)
            gcp:impersonateServiceAccount: 0x10    | got "16", which is what YAML makes of 0x10 (line 2)
            gcp:defaultLabels: {owner: 007}        | got 7, which is what YAML makes of 007 (line 2)
            gcp:defaultLabels: {007: a}            | YAML made this key of 007 (line 2)
            """)
    void aSettingOfGooglesProviderIsToldAsItIsWritten(String yaml, String message) throws IOException {
        var problems = read(HEAD.replace(
                "  gcp:project: acme-ci\n",
                "  " + yaml + "\n" + (yaml.contains("project") ? "" : "  gcp:project: acme-ci\n")));

        assertThat(problems.found())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains(message);
    }

    @Test
    void aTruthInAnyWritingIsASetting() throws IOException {
        assertThat(read(HEAD.replace("config:", "config:\n  gcp:userProjectOverride: True"))
                        .found())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            labels: {007: b}                       | ; YAML made this key of 007 (line 8)
            namespaces: {1.10: {}}                 | got "1.1"; YAML made this key of 1.10 (line 8)
            """)
    void aKeyThatYamlChangesIsToldAsItIsWritten(String yaml, String message) throws IOException {
        assertThat(read(HEAD + "    " + yaml + "\n").found())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .endsWith(message);
    }

    @Test
    void aZeroBeforeANumberIsDoubted() throws IOException {
        var problems = read(HEAD + "    load: {hoursADay: 010}\n");

        assertThat(problems.found()).isEmpty();
        assertThat(problems.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo(Stacks.FLEET + ".load.hoursADay");
            assertThat(warning.message())
                    .isEqualTo(
                            "is 8: YAML reads 010 (line 8) as octal; leave out the zero before it, unless 8 is meant");
        });
    }

    @Test
    void numbersAndBooleansMayStandInQuotes() throws IOException {
        var problems = read(HEAD + "    protect: \"False\"\n    load: {hoursADay: \"8\"}\n");

        assertThat(problems.found()).isEmpty();
        assertThat(problems.warnings()).isEmpty();
    }

    @Test
    void whatMayBeASecretIsNotShown() throws IOException {
        var problems = read(HEAD + "    checkout: {sshKey: 0x10}\n");

        assertThat(problems.found())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .doesNotContain("16", "0x10");
    }

    @Test
    void theLineIsThatOfTheFileInWhichTheValueStands() throws IOException {
        Files.writeString(
                directory.resolve("Pulumi.base.yaml"),
                HEAD.replace("  gcp:project: acme-ci\n", "") + "    cluster: {version: 1.30}\n");
        var problems = read("""
                config:
                  gcp:project: acme-ci
                  buildkite-fleet:fleet: {extends: Pulumi.base.yaml, labels: {cost-center: 007}}
                """);

        assertThat(problems.found())
                .extracting(Problem::line)
                .isEqualTo(List.of(
                        "Pulumi.base.yaml: " + Stacks.FLEET
                                + ".cluster.version: must be a version of Kubernetes in quotes, such "
                                + "as \"1.36\" or \"1.36.4-gke.1082000\", got 1.3, which is what YAML makes of 1.30 (line 7), and "
                                + "not text; write \"1.30\"",
                        Stacks.FLEET
                                + ".labels.cost-center: must be lower-case letters, digits, _ and -, got 7, which is what "
                                + "YAML makes of 007 (line 3), and not text; write \"007\""));
    }
}
