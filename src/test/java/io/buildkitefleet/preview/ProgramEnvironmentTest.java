package io.buildkitefleet.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.pulumi.Project;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramEnvironmentTest {
    @TempDir
    private Path directory;

    private Map<String, String> environment;

    @BeforeEach
    void ofTheProject() {
        Project project = PreviewedProgram.project(directory);
        environment = ProgramEnvironment.of(
                project,
                project.stack("dev"),
                "127.0.0.1:1",
                Map.of(
                        "PATH",
                        "/bin",
                        "AWS_SECRET_ACCESS_KEY",
                        "x",
                        "PULUMI_ACCESS_TOKEN",
                        "x",
                        "PULUMI_CONFIG_PASSPHRASE",
                        "x",
                        "JAVA_TOOL_OPTIONS",
                        "-Da=b",
                        "GOOGLE_APPLICATION_CREDENTIALS",
                        "x",
                        "BUILDKITE_AGENT_TOKEN",
                        "x"));
    }

    @Test
    void noCredentialOfTheUserIsPassedOn() {
        assertThat(environment)
                .containsEntry("PATH", "/bin")
                .containsEntry("JAVA_TOOL_OPTIONS", "-Da=b")
                .doesNotContainValue("x");
    }

    @Test
    void itIsADryRunOfTheStack() {
        assertThat(environment)
                .containsEntry("PULUMI_DRY_RUN", "true")
                .containsEntry("PULUMI_PROJECT", "sample")
                .containsEntry("PULUMI_STACK", "dev")
                .containsEntry("PULUMI_MONITOR", "127.0.0.1:1")
                .containsEntry("PULUMI_ENGINE", "127.0.0.1:1")
                .containsEntry("PULUMI_ROOT_DIRECTORY", directory.toString());
    }

    @Test
    void theConfigurationIsJson() {
        assertThat(environment)
                .containsEntry(
                        "PULUMI_CONFIG",
                        "{\"gcp:credentials\":\"offline-placeholder-for-credentials\",\"gcp:project\":\"acme-dev\","
                                + "\"sample:region\":\"us-west1\"}")
                .containsEntry("PULUMI_CONFIG_SECRET_KEYS", "[\"gcp:credentials\"]");
    }
}
