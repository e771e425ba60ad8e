package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.BuildkiteApi;
import io.buildkitefleet.buildkite.BuildkiteException;
import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import io.buildkitefleet.buildkite.ClusterQueue;
import io.buildkitefleet.buildkite.JobsUnderWay;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.text.Count;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits until no job of some queues is under way. */
final class JobWait {
    /** Looked at twice: a job that was handed out just before the pause may show a moment later. */
    private static final int TIMES_EMPTY = 2;

    private final BuildkiteApi api;
    private final DrainLog log;
    private final DrainTiming timing;
    private final PauseWatch watch;
    private final Map<ClusterQueue, Integer> reservedBefore = new HashMap<>();
    private final Set<ClusterQueue> stillTaking = new HashSet<>();

    /** @param watch over the same queues */
    JobWait(BuildkiteApi api, DrainLog log, DrainTiming timing, PauseWatch watch) {
        this.api = api;
        this.log = log;
        this.timing = timing;
        this.watch = watch;
    }

    /**
     * What may be lost at the limit.
     *
     * @param underWay jobs of which Buildkite last said that they are
     * @param unknown queues of whose jobs Buildkite said nothing when it was last asked
     */
    record Left(Map<ClusterQueue, JobsUnderWay> underWay, Set<ClusterQueue> unknown) {
        boolean isNothing() {
            return underWay.isEmpty() && unknown.isEmpty();
        }
    }

    /**
     * Waits. It looks at the pauses before and after each look at the jobs: no job can have begun after one that saw
     * none, if the pause is the same on both sides of it.
     *
     * @return what there is at the limit; nothing if all jobs have ended before, for all that Buildkite says
     * @throws OperateException if somebody resumed one of the queues
     */
    Left await(List<ClusterQueue> queues) throws InterruptedException {
        var start = System.nanoTime();
        var left = new Left(new LinkedHashMap<>(), new LinkedHashSet<>());
        isStillPaused();
        for (int empty = 0; empty < TIMES_EMPTY; ) {
            look(queues, left);
            if (!isStillPaused()) {
                left.unknown.addAll(queues);
            }
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            empty = left.isNothing() ? empty + 1 : 0;
            if (empty == 0) {
                log.progress(state(left.underWay), elapsed);
            }
            if (empty < TIMES_EMPTY) {
                if (elapsed.compareTo(timing.limit()) >= 0 && empty == 0) {
                    return left;
                }
                Thread.sleep((empty > 0 ? timing.confirmation() : timing.interval(queues.size())).toMillis());
            }
        }
        return left;
    }

    /** Not known is no. */
    private boolean isStillPaused() throws InterruptedException {
        try {
            return watch.isUnchanged();
        } catch (BuildkiteException problem) {
            tolerate(problem);
            return false;
        }
    }

    private void tolerate(BuildkiteException problem) {
        if (problem.reason() != Reason.UNAVAILABLE) {
            throw problem;
        }
        log.say(problem.getMessage() + "; asking again until the limit");
    }

    /** Asks until Buildkite does not answer: of the other queues nothing is known then. */
    private void look(List<ClusterQueue> queues, Left found) throws InterruptedException {
        var left = found.underWay;
        found.unknown.addAll(queues);
        for (var queue : queues) {
            try {
                var jobs = api.jobsUnderWay(queue);
                warnOfTaking(queue, jobs);
                if (jobs.count() > 0) {
                    left.put(queue, jobs);
                } else {
                    left.remove(queue);
                }
                found.unknown.remove(queue);
            } catch (BuildkiteException problem) {
                tolerate(problem);
                return;
            }
        }
    }

    /**
     * A controller of agent-stack-k8s since April 2025 gets to know of a pause and does not heed it:
     * https://github.com/buildkite/agent-stack-k8s/commit/135a981d4e0a01224c27055798cc5f626652ee8c
     */
    private void warnOfTaking(ClusterQueue queue, JobsUnderWay jobs) {
        var before = reservedBefore.put(queue, jobs.reserved());
        if (before != null && jobs.reserved() > before && stillTaking.add(queue)) {
            log.say("the controller of queue " + queue.key()
                    + " takes more jobs although the queue is paused, so this may "
                    + "not end by itself; see docs/runbook.md, \"A queue that goes on\"");
        }
    }

    private static String state(Map<ClusterQueue, JobsUnderWay> left) {
        return "waiting for "
                + (left.isEmpty()
                        ? "Buildkite to say what is running"
                        : left.entrySet().stream()
                                .map(entry -> entry.getKey().key() + " (" + jobs(entry.getValue()) + ")")
                                .collect(Collectors.joining(", ")));
    }

    private static String jobs(JobsUnderWay jobs) {
        return new Count(jobs.count(), "job") + (jobs.reserved() > 0 ? ", " + jobs.reserved() + " not started" : "");
    }
}
