package io.buildkitefleet.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.buildkite.BuildkiteStandIn;
import io.buildkitefleet.buildkite.Misbehavior;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An update that waits for jobs, from its beginning to its end. */
class DrainTest extends DrainedFleet {
    @Test
    void queuesThatLoseJobsArePausedUntilTheUpdateIsDone() throws Exception {
        var job = big.add("RUNNING");
        project.updates("touch updating; until [[ -e go-on ]]; do sleep 0.05; done; exit 7");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        assertThat(big.isPaused()).isTrue();
        assertThat(huge.isPaused()).isTrue();
        assertThat(light.isPaused()).isFalse();
        assertThat(project.has("up-started")).isFalse();
        assertThat(big.note().orElseThrow()).contains("Jane Doe", "./fleet up dev --resume");

        job.finish();
        project.await("updating");
        assertThat(big.isPaused()).as("while Pulumi runs").isTrue();
        Files.createFile(project.file("go-on"));

        var run = drain.end();
        assertThat(run.exitCode()).as("Pulumi's own").isEqualTo(7);
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void whatPulumiSaysIsShown() throws Exception {
        assertThat(project.run("up").out()).isEqualTo("updated\n");
    }

    @Test
    void itSaysWhyAQueueLosesJobs() throws Exception {
        assertThat(project.run("up").err()).contains("drain: big loses jobs: the nodes of pool big are replaced");
    }

    @Test
    void withNothingToDrainItGoesOn() throws Exception {
        project.previews(new PreviewedSteps().release("update", "light"));
        light.add("RUNNING");
        var run = project.run("up");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("updated\n");
        assertThat(run.err())
                .contains("nothing to drain", "not drained, since jobs go on while a controller starts again: light");
        assertThat(buildkite.requests()).noneMatch(request -> request.contains("pause_dispatch"));
    }

    @Test
    void aJobThatHasNoPodYetIsWaitedForAsWell() throws Exception {
        var job = huge.add("RESERVED");
        var drain = project.start("up");
        drain.awaitSaying("waiting for huge (1 job, 1 not started)");
        assertThat(project.has("up-started")).isFalse();
        job.finish();
        assertThat(drain.end().exitCode()).isZero();
    }

    @Test
    void aQueueThatSomebodyElsePausedStaysPausedAndItsJobsAreWaitedFor() throws Exception {
        big.pauseBy("Bob", "on holiday");
        var job = big.add("RUNNING");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        job.finish();
        var run = drain.end();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("queue big is paused by Bob already, and stays so: on holiday");
        assertThat(big.note()).contains("on holiday");
        assertThat(huge.isPaused()).isFalse();
        assertThat(project.hasPauseFile()).isFalse();
    }

    @Test
    void aQueueThatSomebodyPausesMeanwhileIsTheirsAndItsJobsAreWaitedForAnew() throws Exception {
        var job = big.add("RUNNING");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        big.pauseBy("Bob", "mine now");
        drain.awaitSaying("queue big was resumed meanwhile, and is paused by Bob now");
        job.finish();
        var run = drain.end();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("queue big is paused by Bob, and stays so: mine now");
        assertThat(big.note()).contains("mine now");
        assertThat(huge.isPaused()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aQueueThatSomebodyResumesMeanwhileEndsTheDrainBeforeTheUpdate(DrainPlan.AtLimit atLimit) throws Exception {
        big.add("RUNNING");
        var drain = project.start("up", Duration.ofMinutes(1), atLimit);
        drain.awaitSaying("waiting for big (1 job)");
        huge.resume();
        var run = drain.end();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("somebody resumed huge while jobs were waited for", "nothing was changed");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    /** The jobs that run at the limit may be lost, those that begin then not. */
    @Test
    void atTheLimitAQueueThatWasResumedIsNotUpdated() throws Exception {
        big.add("RUNNING");
        buildkite.disturb("POST /v1", new Misbehavior.Slow(Duration.ofSeconds(1)), 1);
        var drain = project.start("up", Duration.ofMillis(100), DrainPlan.AtLimit.UP);
        DrainProject.await("its jobs are asked for", () -> buildkite.requests().stream()
                .anyMatch(request -> request.startsWith("POST /v1")));
        big.resume();
        var run = drain.end();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("somebody resumed big");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aQueueThatIsDeletedMeanwhileIsNoFailure() throws Exception {
        var job = big.add("RUNNING");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        huge.delete();
        job.finish();
        var run = drain.end();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("queue huge is no longer at Buildkite");
    }

    @Test
    void atTheLimitNothingIsChanged() throws Exception {
        big.add("RUNNING");
        var run = project.start("up", Duration.ofMillis(300), DrainPlan.AtLimit.STOP)
                .end();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "there are still jobs", "https://buildkite.com/acme/", "--drain-limit", "--at-drain-limit up");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void atTheLimitJobsAreLostIfThatIsWanted() throws Exception {
        big.add("RUNNING");
        var run = project.start("up", Duration.ofMillis(300), DrainPlan.AtLimit.UP)
                .end();
        assertThat(run.exitCode()).isZero();
        assertThat(project.has("up-started")).isTrue();
        nothingIsPausedAndNothingIsKept();
    }

    /** The controllers of today do not heed a pause. */
    @Test
    void aControllerThatTakesJobsOfAPausedQueueIsNamed() throws Exception {
        var job = big.add("RUNNING");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        var taken = big.add("RESERVED");
        drain.awaitSaying("the controller of queue big takes more jobs although the queue is paused");
        job.finish();
        taken.finish();
        assertThat(drain.end().exitCode()).isZero();
    }

    @Test
    void anUpdateThatIsNotForWhoRunsItPausesNothing() throws Exception {
        project.previews(new PreviewedSteps()
                .nodes("replace", "big")
                .google("update", "projects/iAMCustomRole:IAMCustomRole", "deployer-up-role"));
        var run = project.run("up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("this update changes who may do what: deployer-up-role");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aPreviewThatFailsChangesNothing() throws Exception {
        project.previewDoes("""
                echo '{"diagnostics": [{"severity": "error", "message": "the token has expired"}]}'
                echo 'and more' >&2
                exit 255
                """);
        var run = project.run("up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("pulumi preview ends with 255", "the token has expired", "and more");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aPulumiThatCannotBeStartedLeavesNoQueuePaused() throws Exception {
        big.add("RUNNING").finish();
        project.previewDoes("cat preview.json; rm -f pulumi");
        var run = project.run("up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("can't be started");
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aQueueOfWhichBuildkiteKnowsNothingIsToldBeforeAnythingIsPaused() throws Exception {
        huge.delete();
        var run = project.run("up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("queue huge is in no cluster of acme that this token sees");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aQueueInTwoClustersIsNotGuessed() throws Exception {
        buildkite.addQueue("CI of production", "big");
        var run = project.run("up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("queue big is in several clusters of acme: CI, CI of production", "--buildkite-cluster NAME");
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aJobOfAQueueThatIsToBeDrainedWouldWaitForItself() throws Exception {
        project.set("BUILDKITE_AGENT_META_DATA_QUEUE", "big");
        project.set("BUILDKITE_CLUSTER_ID", big.clusterId());
        var run = project.run("up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("this is a job of queue big itself");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();

        project.set("BUILDKITE_CLUSTER_ID", "another-one-with-a-queue-of-this-name");
        assertThat(project.run("up").exitCode()).isZero();
    }

    @Test
    void scopesThatTheTokenLacksAreNamedBeforePulumiIsAsked() throws Exception {
        project.useToken(buildkite.token("read_clusters"));
        var run = project.run("up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the token of Jane Doe", "lacks graphql, write_clusters");
        assertThat(project.has("preview-started")).isFalse();
    }

    @Test
    void theTokenIsNowhereToBeSeen() throws Exception {
        buildkite.disturb("pause_dispatch", new Misbehavior.Status(500), 1);
        project.updates("cp .fleet/drain-dev.json kept; ps -ww -eo args >processes; env >/dev/null");
        var run = project.run("up");
        assertThat(run.exitCode()).isZero();
        assertThat(project.read("kept")).contains("\"key\": \"big\"").doesNotContain(BuildkiteStandIn.TOKEN);
        assertThat(project.read("processes") + run.out() + run.err() + big.note())
                .doesNotContain(BuildkiteStandIn.TOKEN);
    }

    @Test
    void whenBuildkiteFailsAtThePauseNothingIsChanged() throws Exception {
        buildkite.disturb(huge.path() + "/pause_dispatch", new Misbehavior.Status(500), 1000);
        var run = project.run("up");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("500", "trying again in", "stopped before anything was changed");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void anAnswerThatIsLostIsNoFailure() throws Exception {
        buildkite.disturb("pause_dispatch", new Misbehavior.DoneAndDropped(), 1);
        buildkite.disturb("resume_dispatch", new Misbehavior.DoneAndDropped(), 1);
        var run = project.run("up");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("paused queue big", "resumed queue big");
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void whileBuildkiteIsAwayItGoesOnWaiting() throws Exception {
        var job = big.add("RUNNING");
        var drain = project.start("up");
        drain.awaitSaying("waiting for big (1 job)");
        buildkite.disturb("POST /v1", new Misbehavior.Page(502), 1000);
        drain.awaitSaying("asking again until the limit");
        job.finish();
        buildkite.heal();
        assertThat(drain.end().exitCode()).isZero();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void whatBuildkiteNeverSaidIsNotTakenForNothing() throws Exception {
        buildkite.disturb("POST /v1", new Misbehavior.Page(502), 1000);
        var run = project.start("up", Duration.ofMillis(300), DrainPlan.AtLimit.STOP)
                .end();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "it is not known whether all jobs have ended:",
                        "big: Buildkite does not say whether any job is running",
                        "nothing was changed")
                .doesNotContain("no job is running any more");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void whenBuildkiteFailsAtTheEndItIsSaidHowToResume() throws Exception {
        project.updates("touch updating; until [[ -e go-on ]]; do sleep 0.05; done");
        var drain = project.start("up");
        project.await("updating");
        buildkite.disturb("GET", new Misbehavior.Dropped(), 1000);
        Files.createFile(project.file("go-on"));
        var run = drain.end();
        assertThat(run.exitCode()).as("Pulumi went well, and a queue is paused").isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "NOT RESUMED: queue big", "./fleet up dev --resume", "Resume Queue at https://buildkite.com/");
        assertThat(big.isPaused()).isTrue();

        buildkite.heal();
        var next = project.run("up");
        assertThat(next.exitCode()).isEqualTo(1);
        assertThat(next.err()).contains("may have left paused: big, huge", "./fleet up dev --resume");

        assertThat(project.run("resume").exitCode()).isZero();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aSecondDrainOfTheStackIsRefusedAndTheFirstGoesOn() throws Exception {
        var job = big.add("RUNNING");
        var first = project.start("up");
        first.awaitSaying("waiting for big (1 job)");
        var second = project.run("up");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err())
                .contains("is at work, as process " + first.process().pid());
        var resume = project.run("resume");
        assertThat(resume.exitCode()).isEqualTo(1);
        assertThat(resume.err()).contains("still at work");
        assertThat(big.isPaused()).isTrue();
        job.finish();
        assertThat(first.end().exitCode()).isZero();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aDrainOnAnotherMachineIsSeenByItsNote(@TempDir Path other) throws Exception {
        var job = big.add("RUNNING");
        var first = project.start("up");
        first.awaitSaying("waiting for big (1 job)");
        var second = new DrainProject(other, buildkite).run("up");
        assertThat(second.exitCode()).isEqualTo(1);
        assertThat(second.err()).contains("queue big is paused by a drain already", "Jane Doe");
        job.finish();
        assertThat(first.end().exitCode()).isZero();
    }

    @Test
    void withoutAFileWhatStaysPausedIsFoundByItsNote(@TempDir Path other) throws Exception {
        big.add("RUNNING");
        var killed = project.start("up");
        killed.awaitSaying("waiting for big (1 job)");
        killed.process().destroyForcibly().waitFor();
        light.pauseBy("Bob", "on holiday");

        var resume = new DrainProject(other, buildkite).run("resume");
        assertThat(resume.exitCode()).isZero();
        assertThat(big.isPaused() || huge.isPaused()).isFalse();
        assertThat(light.isPaused()).isTrue();
    }

    @Test
    void aDrainThatIsResumedFromAnotherMachineChangesNothing(@TempDir Path other) throws Exception {
        big.add("RUNNING");
        var first = project.start("up");
        first.awaitSaying("waiting for big (1 job)");
        assertThat(new DrainProject(other, buildkite).run("resume").exitCode()).isZero();
        var run = first.end();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("somebody resumed ", "nothing was changed");
        assertThat(project.has("up-started")).isFalse();
        nothingIsPausedAndNothingIsKept();
    }

    @Test
    void aDrainThatMayStillRunIsNotResumedUnlessThatIsAgreed(@TempDir Path other) throws Exception {
        var job = big.add("RUNNING");
        var first = project.start("up");
        first.awaitSaying("waiting for big (1 job)");
        var resume = new DrainProject(other, buildkite).run("resume-not-agreed");
        assertThat(resume.exitCode()).isEqualTo(1);
        assertThat(resume.err())
                .contains(
                        "queue big is paused by a drain that still runs here, as process "
                                + first.process().pid(),
                        "nothing was resumed");
        assertThat(big.isPaused() && huge.isPaused()).isTrue();
        job.finish();
        assertThat(first.end().exitCode()).isZero();
    }

    /** A fork of the project has a stack of the same name. */
    @Test
    void theDrainOfAnotherFleetWhoseStackHasTheSameNameStays(@TempDir Path other) throws Exception {
        var job = big.add("RUNNING");
        var first = project.start("up");
        first.awaitSaying("waiting for big (1 job)");
        var fork = new DrainProject(other, buildkite);
        fork.set("GOOGLE_PROJECT", "acme-fork");
        var resume = fork.run("resume");
        assertThat(resume.exitCode()).isZero();
        assertThat(resume.err())
                .contains(
                        "queue big is paused by a drain of buildkite-fleet/dev (bk-dev@acme-ci-dev), which is not "
                                + "buildkite-fleet/dev (bk-dev@acme-fork), and stays so",
                        "no queue of acme is paused by an up --drain of buildkite-fleet/dev (bk-dev@acme-fork)");
        assertThat(fork.run("up").err()).contains("Resume Queue at https://buildkite.com/", "since it is one of");
        assertThat(big.isPaused() && huge.isPaused()).isTrue();
        job.finish();
        assertThat(first.end().exitCode()).isZero();
    }

    @Test
    void withNothingToResumeItSaysSo() throws Exception {
        var run = project.run("resume");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("no queue of acme is paused by an up --drain of buildkite-fleet/dev");
    }
}
