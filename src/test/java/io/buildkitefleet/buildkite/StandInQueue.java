package io.buildkitefleet.buildkite;

import java.time.Instant;
import java.util.Optional;

/** A queue of the stand-in, as a test sees it and as people change it. */
public final class StandInQueue {
    private final StandInState state;
    private final StandInState.Queue queue;

    StandInQueue(StandInState state, StandInState.Queue queue) {
        this.state = state;
        this.queue = queue;
    }

    /** A job of the queue. */
    public final class Job {
        private final StandInState.Job job;

        private Job(StandInState.Job job) {
            this.job = job;
        }

        public void become(String jobState) {
            synchronized (state) {
                job.state = jobState;
            }
        }

        public void finish() {
            become("FINISHED");
        }
    }

    public String clusterId() {
        return queue.cluster.id();
    }

    /** Where the API has it, as the end of a path. */
    public String path() {
        return "/queues/" + queue.id;
    }

    /** Adds a job in a state as the GraphQL API names it. */
    public Job add(String jobState) {
        return new Job(state.addJob(queue, jobState));
    }

    public boolean isPaused() {
        return note().isPresent();
    }

    /** The note of whoever paused it; empty if there is none; nothing if it is not paused. */
    public Optional<String> note() {
        synchronized (state) {
            return queue.pause.map(StandInState.Pause::note);
        }
    }

    /** Somebody else does it, on its page. */
    public void pauseBy(String person, String note) {
        synchronized (state) {
            queue.pause = Optional.of(new StandInState.Pause(person, note, Instant.now()));
        }
    }

    /** Somebody else does it, on its page. */
    public void resume() {
        synchronized (state) {
            queue.pause = Optional.empty();
        }
    }

    /** Somebody deletes it. */
    public void delete() {
        synchronized (state) {
            queue.cluster.queues().remove(queue);
        }
    }
}
