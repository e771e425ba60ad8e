package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.StandInProviders;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An up with a plan does what was planned, and nothing else. */
@Tag("engine")
class SavedPlanTest {
    private static final String LIGHT = "light: {machineType: n1-standard-1, capacity: preemptible, max: 4}";

    @TempDir
    Path directory;

    private final StandInProviders providers = StandInProviders.start();
    private EngineProject project;

    @BeforeEach
    void aFleetWithAPlanForALargerPool() throws Exception {
        project = new EngineProject(directory, "dev", providers);
        project.up().succeeded();
        project.edit(LIGHT, LIGHT.replace("max: 4", "max: 8"));
        project.pulumi("preview", "--save-plan", "plan.json").succeeded();
        providers.cloud().forgetCalls();
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void whatWasPlannedIsDone() throws Exception {
        applied().succeeded();
        assertThat(Changes.in(providers.cloud())).contains("Update pool-light-nodes");
    }

    @Test
    void whatWasNotPlannedIsNotDone() throws Exception {
        project.edit("max: 8", "max: 9");
        assertThat(applied().exitCode()).isNotZero();
        assertThat(Changes.in(providers.cloud())).doesNotContain("Update pool-light-nodes");
    }

    @Test
    void thePlanHoldsNoSecretInClear() throws Exception {
        assertThat(Files.readString(directory.resolve("plan.json")))
                .contains("queue-big-token", "ciphertext")
                .doesNotContain(EngineProject.AGENT_TOKEN);
    }

    private PulumiCli.Run applied() throws InterruptedException {
        return project.pulumi("up", "--yes", "--skip-preview", "--plan", "plan.json");
    }
}
