package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./fleet up} refuses before it does anything. */
class UpCommandTest {
    @TempDir
    private Path project;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copyOfTheProject() throws IOException {
        for (var file : new String[] {"Pulumi.yaml", "Pulumi.dev.yaml"}) {
            Files.copy(Path.of(file), project.resolve(file));
        }
    }

    private int up(String... arguments) {
        var all = new ArrayList<>(List.of("-C", project.toString(), "up"));
        all.addAll(List.of(arguments));
        return FleetCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(new StringWriter()))
                .execute(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dev --resume --yes --refresh              | --resume runs no update, so it takes nothing for one but --yes, got: --refresh
            dev --resume --drain                      | --resume runs no update, so it takes nothing for one but --yes, got: --drain
            dev --drain-limit 2h                      | --drain-limit is for --drain
            dev --at-drain-limit up                   | --at-drain-limit is for --drain
            dev --buildkite-cluster CI                | --buildkite-cluster is for --drain and --resume
            dev --drain --yes --at-drain-limit pray   | '--at-drain-limit': must be one of stop, up, got pray
            dev --drain                               | nobody is there to agree to the update
            dev --drain --yes=false                   | say --yes
            """)
    void whatDoesNotFitIsWrongUsage(String arguments, String message) {
        assertThat(up(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void whatPulumiHasPrintedIsNoConfigurationForIt() throws IOException {
        var printed = project.resolve("dev.json");
        Files.writeString(printed, "{\"gcp:project\": {\"value\": \"acme-ci-dev\", \"secret\": false}}");
        assertThat(up("dev", "--config-file", printed.toString())).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo(
                        "--config-file " + printed + ": is what pulumi config --json prints, and Pulumi does not read "
                                + "that; leave it out: Pulumi opens environments itself\n");
    }

    @Test
    void anUpdateIsRefusedWhileADrainMayHaveLeftQueuesPaused() throws IOException {
        Files.createDirectory(project.resolve(".fleet"));
        Files.writeString(project.resolve(".fleet/drain-dev.json"), """
                {"stack": "buildkite-fleet/dev", "host": "ci-7", "process": 1, "started": 1,
                 "created": "2026-11-29T12:00:00Z",
                 "note": "[fleet drain buildkite-fleet/dev 4f2a0000-0000-4000-8000-000000000000]",
                 "queues": [{"organization": "acme", "clusterId": "c", "clusterName": "CI", "id": "q", "graphqlId": "g",
                             "key": "big", "webUrl": "https://buildkite.com"}]}
                """);
        assertThat(up("dev", "--yes")).isEqualTo(1);
        assertThat(err.toString())
                .contains("an up --drain of 2026-11-29T12:00:00Z on ci-7 has paused big", "./fleet up dev --resume");
    }
}
