package io.buildkitefleet.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.buildkite.BuildkiteStandIn;
import io.buildkitefleet.buildkite.StandInQueue;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A fleet at Buildkite, and an update by which its queues big and huge lose jobs. */
abstract class DrainedFleet {
    BuildkiteStandIn buildkite;
    StandInQueue big;
    StandInQueue huge;
    StandInQueue light;
    DrainProject project;

    @BeforeEach
    void aFleetAtBuildkite(@TempDir Path directory) throws Exception {
        buildkite = new BuildkiteStandIn();
        buildkite.allowRequests(10_000);
        big = buildkite.addQueue("CI", "big");
        huge = buildkite.addQueue("CI", "huge");
        light = buildkite.addQueue("CI", "light");
        project = new DrainProject(directory, buildkite);
    }

    @AfterEach
    void stopIt() {
        buildkite.close();
    }

    final void nothingIsPausedAndNothingIsKept() {
        assertThat(big.isPaused() || huge.isPaused() || light.isPaused())
                .as("a queue is paused")
                .isFalse();
        assertThat(project.hasPauseFile()).as("the file of what is paused").isFalse();
    }
}
