package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.BuildkiteApi;
import io.buildkitefleet.buildkite.BuildkiteException;
import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import io.buildkitefleet.buildkite.ClusterQueue;
import io.buildkitefleet.buildkite.JobsUnderWay;
import io.buildkitefleet.text.Count;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    private final Map<ClusterQueue, Integer> reservedBefore = new HashMap<>();
    private final Set<ClusterQueue> stillTaking = new HashSet<>();

    JobWait(BuildkiteApi api, DrainLog log, DrainTiming timing) {
        this.api = api;
        this.log = log;
        this.timing = timing;
    }

    /** @return what is under way at the limit; nothing if all jobs have ended before */
    Map<ClusterQueue, JobsUnderWay> await(List<ClusterQueue> queues) throws InterruptedException {
        var start = System.nanoTime();
        var left = new LinkedHashMap<ClusterQueue, JobsUnderWay>();
        for (int empty = 0; empty < TIMES_EMPTY; ) {
            var isKnown = look(queues, left);
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            empty = isKnown && left.isEmpty() ? empty + 1 : 0;
            if (empty == 0) {
                log.progress(state(left), elapsed);
            }
            if (empty < TIMES_EMPTY) {
                if (elapsed.compareTo(timing.limit()) >= 0 && empty == 0) {
                    return left;
                }
                Thread.sleep((empty > 0 ? timing.confirmation() : timing.interval(queues.size())).toMillis());
            }
        }
        return Map.of();
    }

    /** @return whether Buildkite has said it of all */
    private boolean look(List<ClusterQueue> queues, Map<ClusterQueue, JobsUnderWay> left) throws InterruptedException {
        for (var queue : queues) {
            try {
                var jobs = api.jobsUnderWay(queue);
                warnOfTaking(queue, jobs);
                if (jobs.count() > 0) {
                    left.put(queue, jobs);
                } else {
                    left.remove(queue);
                }
            } catch (BuildkiteException problem) {
                if (problem.reason() != Reason.UNAVAILABLE) {
                    throw problem;
                }
                log.say(problem.getMessage() + "; asking again until the limit");
                return false;
            }
        }
        return true;
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
