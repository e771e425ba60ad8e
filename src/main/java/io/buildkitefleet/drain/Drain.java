package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.ApiAccess;
import io.buildkitefleet.buildkite.BuildkiteApi;
import io.buildkitefleet.buildkite.BuildkiteException;
import io.buildkitefleet.buildkite.ClusterQueue;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.text.Count;
import io.buildkitefleet.text.Listing;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * An update for which the queues that would lose jobs are paused first, and resumed afterwards, however it ends. Pulumi
 * is a child of this program, so that somebody is there when it has ended.
 */
public final class Drain {
    private final DrainPlan plan;
    private final PauseFile file;
    private final BuildkiteApi api;
    private final BuildkiteApi patientApi;
    private final DrainLog log;

    /** @param access by which Buildkite is asked */
    public Drain(DrainPlan plan, PauseFile file, ApiAccess access, DrainLog log) {
        this.plan = plan;
        this.file = file;
        this.log = log;
        this.api = new BuildkiteApi(access, plan.timing().retries(), log::say);
        this.patientApi = new BuildkiteApi(access, plan.timing().resumeRetries(), log::say);
    }

    /**
     * Runs the update.
     *
     * @param agreement whether whoever started it wants the queues to be paused, which is asked once they are known
     * @return Pulumi's exit code; 1 if it was not started, or if it went well and a queue could not be resumed
     * @throws OperateException if something is in the way; nothing is changed then, and no queue stays paused
     * @throws BuildkiteException if Buildkite is; the same holds
     * @throws InterruptedException if this program was told to end before Pulumi was started; the same holds
     */
    public int up(BooleanSupplier agreement) throws InterruptedException {
        file.refusal(plan.resumeCommand()).ifPresent(reason -> {
            throw new OperateException(reason);
        });
        var user = user();
        log.say("asking Pulumi which queues lose jobs");
        var losses = losses();
        if (losses.isEmpty()) {
            log.say("nothing to drain: no queue loses jobs by this update");
            tellOfRestarts(losses);
            return upAtOnce();
        }
        var queues = new DrainTargets(api, plan.organization(), plan.clusters())
                .find(losses.reasons().keySet());
        refuseToWaitForItself(queues);
        refuseOtherDrains(queues);
        tell(losses, queues);
        if (!agreement.getAsBoolean()) {
            log.say("nothing was changed");
            return 1;
        }
        return upWithoutJobs(queues, user);
    }

    /** Whose the token is, if it may do what is needed. */
    private String user() throws InterruptedException {
        var token = api.accessToken();
        var missing = new TreeSet<>(BuildkiteApi.SCOPES);
        missing.removeAll(token.scopes());
        if (!missing.isEmpty()) {
            throw new OperateException("the token of " + token.user() + " in " + ApiAccess.TOKEN + " lacks "
                    + String.join(", ", missing) + "; edit it, or make one with these, at " + ApiAccess.TOKENS_PAGE
                    + " (graphql is the switch \"Enable GraphQL API access\" there)");
        }
        return token.user();
    }

    private JobLosses losses() throws InterruptedException {
        try (var interruption = new Interruption()) {
            var steps = new EnginePreview(plan.previewCommand()).steps(interruption);
            OwnersChanges.refusal(steps, plan.account()).ifPresent(reason -> {
                throw new OperateException(reason);
            });
            return new LossReader(steps).read();
        }
    }

    private void refuseToWaitForItself(List<ClusterQueue> queues) {
        plan.ownJob().filter(job -> queues.stream().anyMatch(job::isOn)).ifPresent(job -> {
            throw new OperateException(
                    "this is a job of queue " + job.queue() + " itself, which loses its jobs by this "
                            + "update: it would wait for its own end; run it on another queue, or from elsewhere");
        });
    }

    private void refuseOtherDrains(List<ClusterQueue> queues) {
        for (var queue : queues) {
            queue.pause().flatMap(pause -> PauseNote.parse(pause.note())).ifPresent(note -> {
                throw new OperateException("queue " + queue.key() + " is paused by a drain already, maybe one that was "
                        + "killed: \"" + note.text() + "\"; if it is no longer at work: "
                        + (note.owner().equals(plan.owner())
                                ? plan.resumeCommand()
                                : "Resume Queue at " + queue.webUrl() + ", since it is one of " + note.owner()
                                        + " and this is " + plan.owner()));
            });
        }
    }

    private void tell(JobLosses losses, List<ClusterQueue> queues) {
        losses.reasons().forEach((queue, reasons) -> log.say(queue + " loses jobs: " + String.join("; ", reasons)));
        tellOfRestarts(losses);
        queues.forEach(queue -> queue.pause()
                .ifPresent(pause -> log.say("queue " + queue.key() + " is paused by " + pause.by()
                        + " already, and stays so" + (pause.note().isEmpty() ? "" : ": " + pause.note()))));
    }

    private void tellOfRestarts(JobLosses losses) {
        if (!losses.restarted().isEmpty()) {
            log.say("not drained, since jobs go on while a controller starts again: " + Listing.of(losses.restarted()));
        }
    }

    private int upAtOnce() throws InterruptedException {
        try (var interruption = new Interruption()) {
            return pulumi(interruption, process -> {});
        }
    }

    private int upWithoutJobs(List<ClusterQueue> queues, String user) throws InterruptedException {
        var note = PauseNote.of(plan.owner(), user, plan.resumeCommand());
        var ours = queues.stream().filter(queue -> queue.pause().isEmpty()).toList();
        try (var interruption = new Interruption()) {
            var record = PauseRecord.of(note, ours);
            file.create(record, plan.resumeCommand());
            var left = ours;
            int code;
            try {
                new Pauses(api, note, log).pause(ours);
                code = upAfterJobs(queues, interruption, process -> keep(record, process));
            } catch (BuildkiteException | InterruptedException early) {
                log.say("stopped before anything was changed");
                throw early;
            } finally {
                interruption.cleanUp();
                left = new Pauses(patientApi, note, log).resume(ours);
                finish(left);
            }
            if (code == 0 && !left.isEmpty()) {
                interruption.endWith(1);
                return 1;
            }
            return code;
        }
    }

    private int upAfterJobs(List<ClusterQueue> queues, Interruption interruption, Consumer<ProcessHandle> started)
            throws InterruptedException {
        var watch = new PauseWatch(api, log, queues);
        var left = new JobWait(api, log, plan.timing(), watch).await(queues);
        if (left.isNothing()) {
            log.say("no job is running any more");
        } else {
            tellOfLimit(left);
            if (plan.atLimit() == DrainPlan.AtLimit.STOP) {
                return 1;
            }
            // These jobs may be lost, and not those that somebody wants to run now.
            watch.isUnchanged();
        }
        return pulumi(interruption, started);
    }

    /** Pulumi is at work already, so that a file which can't be written is no reason to stop. */
    private void keep(PauseRecord record, ProcessHandle pulumi) {
        try {
            file.update(record.updatedBy(RunningProcess.of(pulumi)));
        } catch (IOException reason) {
            log.say(file.path() + " can't be written (" + reason
                    + "); should this program be killed, resume the queues " + "only when pulumi has ended, process "
                    + pulumi.pid());
        }
    }

    private void tellOfLimit(JobWait.Left left) {
        log.say("after " + Durations.text(plan.timing().limit())
                + (left.underWay().isEmpty()
                        ? " it is not known whether all jobs have ended:"
                        : " there are still jobs:"));
        left.underWay().forEach((queue, jobs) -> {
            log.say("  " + queue.key() + ": " + new Count(jobs.count(), "job"));
            jobs.pages().forEach(page -> log.say("    " + page));
        });
        left.unknown().stream()
                .filter(queue -> !left.underWay().containsKey(queue))
                .forEach(queue -> log.say("  " + queue.key() + ": Buildkite does not say whether any job is running"));
        log.say(
                plan.atLimit() == DrainPlan.AtLimit.STOP
                        ? "nothing was changed; cancel them, wait longer (--drain-limit), or lose them "
                                + "(--at-drain-limit up)"
                        : "going on without them (--at-drain-limit up)");
    }

    private int pulumi(Interruption interruption, Consumer<ProcessHandle> started) throws InterruptedException {
        try {
            var code = interruption.run(new ProcessBuilder(plan.upCommand()).inheritIO(), started);
            interruption.endWith(code);
            return code;
        } catch (IOException reason) {
            throw new OperateException(plan.upCommand().get(0) + " can't be started: " + reason.getMessage(), reason);
        }
    }

    /** @param left those that may be paused still */
    private void finish(List<ClusterQueue> left) {
        if (left.isEmpty()) {
            file.delete();
            return;
        }
        log.say("these queues may be paused still. When Buildkite answers again: " + plan.resumeCommand());
        left.forEach(queue -> log.say("  or by hand: Resume Queue at " + queue.webUrl()));
    }

    /**
     * Resumes what a drain that was killed has left paused: by its file, or, where that is gone with its machine, by
     * the notes at Buildkite.
     *
     * @param agreement whether whoever wants that knows that the drain and its Pulumi have ended, which is asked once
     *     its queues are known, and only if there is no file that says so
     * @return 0 if nothing is paused by a drain of the stack any more, else 1
     * @throws OperateException if the drain, or its Pulumi, is still at work
     */
    public int resume(BooleanSupplier agreement) throws InterruptedException {
        var record = file.read();
        if (record.isPresent()) {
            refuseWhileAtWork(record.get());
            var left = new Pauses(api, record.get().pauseNote(), log)
                    .resume(record.get().clusterQueues());
            finish(left);
            return left.isEmpty() ? 0 : 1;
        }
        return resumeByNotes(agreement);
    }

    private void refuseWhileAtWork(PauseRecord record) {
        if (record.holder() == PauseRecord.Holder.AT_WORK) {
            throw new OperateException("the up --drain is still at work, as process " + record.process()
                    + "; Ctrl-C there ends it, and resumes what it has paused");
        }
        if (record.holder() == PauseRecord.Holder.UPDATING) {
            throw new OperateException("the up --drain was killed, and its Pulumi still updates the stack, as process "
                    + record.update().id() + "; jobs that begin now would be lost, so resume when it has ended");
        }
    }

    private int resumeByNotes(BooleanSupplier agreement) throws InterruptedException {
        var paused = new LinkedHashMap<ClusterQueue, PauseNote>();
        for (var queue : new DrainTargets(api, plan.organization(), plan.clusters()).all()) {
            queue.pause()
                    .flatMap(pause -> PauseNote.parse(pause.note()))
                    .filter(note -> isOwn(queue, note))
                    .ifPresent(note -> paused.put(queue, note));
        }
        if (paused.isEmpty()) {
            log.say("no queue of " + plan.organization() + " is paused by an up --drain of " + plan.owner());
            return 0;
        }
        paused.forEach((queue, note) -> log.say("queue " + queue.key() + " is paused by " + note.drain()));
        if (!agreement.getAsBoolean()) {
            log.say("nothing was resumed");
            return 1;
        }
        var isDone = true;
        for (var entry : paused.entrySet()) {
            isDone &= new Pauses(api, entry.getValue(), log)
                    .resume(List.of(entry.getKey()))
                    .isEmpty();
        }
        return isDone ? 0 : 1;
    }

    private boolean isOwn(ClusterQueue queue, PauseNote note) {
        if (!note.owner().equals(plan.owner())
                && note.owner().stack().equals(plan.owner().stack())) {
            log.say("queue " + queue.key() + " is paused by a drain of " + note.owner() + ", which is not "
                    + plan.owner() + ", and stays so");
        }
        return note.owner().equals(plan.owner());
    }
}
