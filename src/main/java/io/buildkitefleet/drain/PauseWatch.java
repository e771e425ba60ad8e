package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.BuildkiteApi;
import io.buildkitefleet.buildkite.BuildkiteException;
import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import io.buildkitefleet.buildkite.ClusterQueue;
import io.buildkitefleet.operate.OperateException;
import io.buildkitefleet.text.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether queues stay paused while their jobs are waited for: anybody may resume one. */
final class PauseWatch {
    private final BuildkiteApi api;
    private final DrainLog log;
    private final List<ClusterQueue> queues;
    private final Map<ClusterQueue, ClusterQueue.Pause> pauses = new HashMap<>();

    /** @param queues all of which are paused, or are no longer at Buildkite */
    PauseWatch(BuildkiteApi api, DrainLog log, List<ClusterQueue> queues) {
        this.api = api;
        this.log = log;
        this.queues = List.copyOf(queues);
    }

    /**
     * Looks at all queues.
     *
     * @return whether each is paused as it was at the last look; else jobs may have begun between the two
     * @throws OperateException if some are not paused any more: whoever resumed them wants their jobs to run
     */
    boolean isUnchanged() throws InterruptedException {
        var resumed = new ArrayList<String>();
        var isUnchanged = true;
        for (var queue : queues) {
            var now = read(queue);
            if (now.isEmpty()) {
                continue;
            }
            if (now.get().pause().isEmpty()) {
                resumed.add(queue.key());
                continue;
            }
            var pause = now.get().pause().get();
            var before = pauses.put(queue, pause);
            if (before != null && !before.equals(pause)) {
                log.say("queue " + queue.key() + " was resumed meanwhile, and is paused by " + pause.by() + " now");
            }
            isUnchanged &= pause.equals(before);
        }
        if (!resumed.isEmpty()) {
            throw new OperateException("somebody resumed "
                    + resumed.stream().collect(Listing.joining())
                    + " while jobs were waited for, at Buildkite or with --resume, and this update would stop the jobs "
                    + "that begin there; nothing was changed; ask who needs them, and start again");
        }
        return isUnchanged;
    }

    /** The queue as it is; none if it was deleted, so that it has no more jobs to hand out. */
    private Optional<ClusterQueue> read(ClusterQueue queue) throws InterruptedException {
        try {
            return Optional.of(api.read(queue));
        } catch (BuildkiteException problem) {
            if (problem.reason() == Reason.NOT_FOUND) {
                return Optional.empty();
            }
            throw problem;
        }
    }
}
