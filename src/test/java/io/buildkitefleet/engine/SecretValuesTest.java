package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.StandInProviders;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret whose value cannot be used, which only a program that Pulumi runs can see. */
@Tag("engine")
class SecretValuesTest {
    @TempDir
    Path directory;

    private final StandInProviders providers = StandInProviders.start();

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void isRefusedBeforeAnythingIsRegisteredAndNotShown() throws Exception {
        var project = new EngineProject(directory, "dev", providers);
        project.edit("big: {pool: big, can: [docker]}", "big: {pool: big, secrets: {KEYSTORE: keystore}}");
        project.pulumi("config", "set", "--secret", "agentToken", EngineProject.AGENT_TOKEN + "\r")
                .succeeded();
        project.pulumi("config", "set", "--secret", "keystore", "hunter2".repeat(10_000))
                .succeeded();

        var refused = project.up();

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.out() + refused.err())
                .contains(
                        "Pulumi.dev.yaml: 2 problems",
                        "buildkite-fleet:agentToken: must be a token and nothing else",
                        "buildkite-fleet:keystore: must have at most 65536 bytes, what Secret Manager takes, got 70000")
                .doesNotContain(EngineProject.AGENT_TOKEN, "hunter2");
        assertThat(providers.cloud().resources()).isEmpty();
        assertThat(project.state()).doesNotContain("\"urn\"");
    }
}
