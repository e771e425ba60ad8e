package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An up with a plan does what was planned, and nothing else. */
class SavedPlanTest extends RealEngineTest {
    private static final String LIGHT = "light: {machineType: n1-standard-1, capacity: preemptible, max: 4}";

    private EngineProject project;

    @BeforeEach
    void aFleetWithAPlanForALargerPool() throws Exception {
        project = project("dev");
        project.up().succeeded();
        project.edit(LIGHT, LIGHT.replace("max: 4", "max: 8"));
        project.pulumi("preview", "--save-plan", "plan.json").succeeded();
        project.cloud().forgetCalls();
    }

    @Test
    void whatWasPlannedIsDone() throws Exception {
        applied().succeeded();
        assertThat(project.cloud().changes()).contains("Update pool-light-nodes");
    }

    @Test
    void whatWasNotPlannedIsNotDone() throws Exception {
        project.edit("max: 8", "max: 9");
        assertThat(applied().exitCode()).isNotZero();
        assertThat(project.cloud().changes()).doesNotContain("Update pool-light-nodes");
    }

    @Test
    void thePlanHoldsNoSecretInClear() throws Exception {
        assertThat(Files.readString(project.file("plan.json")))
                .contains("queue-big-token", "ciphertext")
                .doesNotContain(EngineProject.AGENT_TOKEN);
    }

    private PulumiCli.Run applied() throws InterruptedException {
        return project.pulumi("up", "--yes", "--skip-preview", "--plan", "plan.json");
    }
}
