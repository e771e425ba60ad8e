package io.buildkitefleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.preview.ProgramLaunch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that hand over to Pulumi on a machine whose variables name an account for Google's provider alone. */
class AccountOfOneHalfTest {
    @TempDir
    Path directory;

    @BeforeEach
    void aProject() throws IOException {
        for (var file : List.of("Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.local.yaml")) {
            Files.copy(Path.of(file), directory.resolve(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up dev", "up dev --drain --yes", "destroy dev", "preview dev --engine"})
    void halfOfAFleetIsNotMadeAsAnotherAccount(String line) throws Exception {
        assertThat(run(line)).isEqualTo(1);
        assertThat(said())
                .startsWith("GOOGLE_IMPERSONATE_SERVICE_ACCOUNT counts for Google's half of the fleet and not in the")
                .contains("gcp:impersonateServiceAccount");
    }

    @Test
    void aLocalFleetHasNoSuchHalf() throws Exception {
        assertThat(run("up local")).isEqualTo(1);
        assertThat(said()).startsWith("pulumi is not installed");
    }

    private int run(String line) throws Exception {
        var command = new ArrayList<>(ProgramLaunch.ofMainClass(FleetCommand.class.getName(), List.of())
                .command());
        command.addAll(List.of("-C", directory.toString()));
        command.addAll(List.of(line.split(" ")));
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(directory.resolve("said").toFile());
        builder.environment().put("PATH", directory.toString());
        builder.environment().put("GOOGLE_IMPERSONATE_SERVICE_ACCOUNT", "up@acme-ci.iam.gserviceaccount.com");
        return builder.start().waitFor();
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("said"));
    }
}
