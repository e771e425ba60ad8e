package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.buildkite.BuildkiteStandIn;
import io.buildkitefleet.buildkite.StandInQueue;
import io.buildkitefleet.engine.provider.CloudResource;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An update that waits for jobs, by the launcher, on a terminal, under the real Pulumi. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "script, which makes the terminal, is called otherwise on macOS")
class DrainUnderPulumiTest extends RealEngineTest {
    /** What the key sends. */
    private static final int CTRL_C = 3;

    private static final String BIG = "big: {machineType: n1-standard-8, capacity: preemptible, max: 4}";

    private EngineProject project;
    private BuildkiteStandIn buildkite;
    private StandInQueue big;
    private StandInQueue light;

    @BeforeEach
    void aFleetWhosePoolGetsOtherMachines() throws Exception {
        buildkite = new BuildkiteStandIn();
        big = buildkite.addQueue("CI", "big");
        light = buildkite.addQueue("CI", "light");
        project = project("dev");
        project.up().succeeded();
        project.makeLauncher();
        project.addToPath(project.file(""));
        project.set("JAVA_HOME", System.getProperty("java.home"));
        project.set("BUILDKITE_API_TOKEN", BuildkiteStandIn.TOKEN);
        project.set("BUILDKITE_API_URL", buildkite.address());
        project.edit(BIG, BIG.replace("n1-standard-8", "n1-standard-16"));
        project.cloud().forgetCalls();
    }

    @AfterEach
    void stopIt() {
        project.stop();
        buildkite.close();
    }

    private void nothingIsPausedAndNothingIsKept() {
        assertThat(big.isPaused() || light.isPaused()).as("a queue is paused").isFalse();
        assertThat(Files.exists(project.file(".fleet/drain-dev.json"))).isFalse();
    }

    private PulumiCli.Started waitingForAJob() throws Exception {
        var drain = project.startFleetOnTerminal("up dev --drain --yes");
        await(drain, big::isPaused);
        return drain;
    }

    /** Until then, the drain goes on: it asks Pulumi first. */
    private static void await(PulumiCli.Started drain, BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            assertThat(drain.process().isAlive()).as(drain.said()).isTrue();
            Thread.sleep(50);
        }
    }

    /** The steps of docs/runbook.md. */
    @Test
    void theQueueOfNodesThatAreMadeAnewIsDrainedByTheStepsOfTheRunbook() throws Exception {
        var run = Runbook.section("An update that would stop jobs").runIn(project, Map.of("STACK", "dev"));
        assertThat(run.err())
                .contains(
                        "big loses jobs: the nodes of pool big are made anew (nodeConfig.machineType)",
                        "resumed queue big")
                .doesNotContain("light loses jobs")
                .contains("no queue of acme is paused by an up --drain of buildkite-fleet/dev");
        assertThat(project.cloud().changes()).contains("Update pool-big-nodes");
        assertThat(buildkite.requests())
                .filteredOn(request -> request.contains("pause_dispatch"))
                .hasSize(1);
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void nothingChangesBeforeTheLastJobHasEnded() throws Exception {
        var job = big.add("RUNNING");
        light.add("RUNNING");
        var drain = waitingForAJob();
        Thread.sleep(3000);
        assertThat(project.cloud().changes()).isEmpty();
        job.finish();
        assertThat(drain.end().exitCode()).isZero();
        assertThat(project.cloud().changes()).contains("Update pool-big-nodes");
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void ctrlCWhileItWaitsChangesNothing() throws Exception {
        big.add("RUNNING");
        var drain = waitingForAJob();
        drain.type(CTRL_C);
        assertThat(drain.end().exitCode()).isNotZero();
        assertThat(project.cloud().changes()).isEmpty();
        nothingIsPausedAndNothingIsKept();
    }

    /** Pulumi stops by itself, as without a drain, and the next one finishes. */
    @Test
    void ctrlCWhilePulumiUpdatesStopsItAndResumesTheQueue() throws Exception {
        project.edit("      light: {pool: light}\n", "      light: {pool: light}\n      more: {pool: light}\n");
        project.cloud().slowDown(Duration.ofMillis(300));
        var drain = project.startFleetOnTerminal("up dev --drain --yes --skip-preview");
        await(drain, () -> !project.cloud().changes().isEmpty());
        assertThat(big.isPaused()).isTrue();
        var processes = drain.process().descendants().toList();
        drain.type(CTRL_C);
        var run = drain.end();
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.out()).contains("^C received; cancelling").doesNotContain("^C received; terminating");
        assertThat(processes).as("processes that are left").noneMatch(ProcessHandle::isAlive);
        assertThat(project.cloud().resources())
                .extracting(CloudResource::name)
                .as("it broke off half-way")
                .doesNotContain("queue-more-release");
        nothingIsPausedAndNothingIsKept();

        project.cloud().heal();
        project.up().succeeded();
        assertThat(project.cloud().resources()).extracting(CloudResource::name).contains("queue-more-release");
    }

    @Test
    void whoeverDoesNotAgreeChangesNothing() throws Exception {
        var drain = project.startFleetOnTerminal("up dev --drain");
        await(drain, () -> drain.said().contains("[yes/no]"));
        assertThat(big.isPaused()).isFalse();
        drain.type('n');
        drain.type('o');
        drain.type('\n');
        var run = drain.end();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("big loses jobs", "nothing was changed");
        assertThat(project.cloud().changes()).isEmpty();
        nothingIsPausedAndNothingIsKept();
    }
}
