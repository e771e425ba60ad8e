package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A secret whose value cannot be used, which only a program that Pulumi runs can see. */
class SecretValuesTest extends RealEngineTest {
    @Test
    void isRefusedBeforeAnythingIsRegisteredAndNotShown() throws Exception {
        var project = project("dev");
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
        assertThat(project.cloud().resources()).isEmpty();
        // The SDK registers the stack itself before it runs the program, and does not wait for the answer.
        assertThat(project.resources())
                .extracting(resource -> resource.get("type").getAsString())
                .isSubsetOf("pulumi:pulumi:Stack");
    }
}
