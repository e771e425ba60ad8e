package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.BuildkiteApi;
import io.buildkitefleet.buildkite.BuildkiteException;
import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import io.buildkitefleet.buildkite.ClusterQueue;
import java.util.ArrayList;
import java.util.List;

/** Pauses queues and resumes them, but none that somebody else has paused. */
final class Pauses {
    private final BuildkiteApi api;
    private final PauseNote note;
    private final DrainLog log;

    Pauses(BuildkiteApi api, PauseNote note, DrainLog log) {
        this.api = api;
        this.note = note;
        this.log = log;
    }

    /** @throws BuildkiteException if one can't be paused; others may be */
    void pause(List<ClusterQueue> queues) throws InterruptedException {
        for (var queue : queues) {
            pause(queue);
        }
    }

    private void pause(ClusterQueue queue) throws InterruptedException {
        try {
            api.pause(queue, note.text());
            log.say("paused queue " + queue.key());
        } catch (BuildkiteException problem) {
            if (problem.reason() != Reason.REFUSED) {
                throw problem;
            }
            // Somebody was faster, or the answer to an earlier attempt of ours was lost.
            var pause = api.read(queue).pause().orElseThrow(() -> problem);
            log.say(
                    note.isIn(pause.note())
                            ? "paused queue " + queue.key()
                            : "queue " + queue.key() + " was just paused by " + pause.by() + ", and stays so");
        }
    }

    /**
     * Ends each pause that is ours, and tells of each that is not.
     *
     * @return those of which nobody knows whether they are paused still
     */
    List<ClusterQueue> resume(List<ClusterQueue> queues) throws InterruptedException {
        var left = new ArrayList<ClusterQueue>();
        for (var queue : queues) {
            try {
                log.say(resume(queue));
            } catch (BuildkiteException problem) {
                log.say("NOT RESUMED: queue " + queue.key() + ": " + problem.getMessage());
                left.add(queue);
            }
        }
        return left;
    }

    private String resume(ClusterQueue queue) throws InterruptedException {
        try {
            var pause = api.read(queue).pause();
            if (pause.isEmpty()) {
                return "queue " + queue.key() + " is not paused";
            }
            if (!note.isIn(pause.get().note())) {
                return "queue " + queue.key() + " is paused by " + pause.get().by() + ", and stays so: "
                        + pause.get().note();
            }
            api.resume(queue);
            return "resumed queue " + queue.key();
        } catch (BuildkiteException problem) {
            if (problem.reason() == Reason.NOT_FOUND) {
                return "queue " + queue.key() + " is no longer at Buildkite";
            }
            if (problem.reason() == Reason.REFUSED && api.read(queue).pause().isEmpty()) {
                return "resumed queue " + queue.key();
            }
            throw problem;
        }
    }
}
