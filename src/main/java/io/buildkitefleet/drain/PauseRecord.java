package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.BuildkiteCluster;
import io.buildkitefleet.buildkite.ClusterQueue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a drain has paused, or is about to: what is needed to resume it, and nothing that is secret.
 *
 * @param stack as {@code project/stack}
 * @param note by which Buildkite knows that it was this drain
 * @param host where it ran
 * @param process its id there
 * @param started when that process began, in seconds since 1970: its id may be another's by now
 * @param update Pulumi, which goes on if the drain alone is killed; none before it has started
 * @param created when it began to pause, for people
 */
record PauseRecord(
        String stack,
        String note,
        String host,
        long process,
        long started,
        RunningProcess update,
        String created,
        List<PausedQueue> queues) {
    /** A queue, by all that the API and people need to find it. */
    record PausedQueue(
            String organization,
            String clusterId,
            String clusterName,
            String id,
            String graphqlId,
            String key,
            String webUrl) {
        static PausedQueue of(ClusterQueue queue) {
            var cluster = queue.cluster();
            return new PausedQueue(
                    cluster.organization(),
                    cluster.id(),
                    cluster.name(),
                    queue.id(),
                    queue.graphqlId(),
                    queue.key(),
                    queue.webUrl());
        }

        ClusterQueue queue() {
            return new ClusterQueue(
                    new BuildkiteCluster(organization, clusterId, clusterName),
                    id,
                    graphqlId,
                    key,
                    webUrl,
                    Optional.empty());
        }
    }

    /** Whether the drain still runs. */
    enum Holder {
        AT_WORK,
        GONE,
        /** It was killed, and Pulumi goes on without it. */
        UPDATING,
        /** On another machine, of which nobody knows here. */
        ELSEWHERE
    }

    PauseRecord {
        queues = List.copyOf(queues);
        // A file of an earlier version has none.
        update = update == null ? RunningProcess.NONE : update;
    }

    /** That of this process. */
    static PauseRecord of(PauseNote note, List<ClusterQueue> queues) {
        var self = RunningProcess.of(ProcessHandle.current());
        return new PauseRecord(
                note.owner().stack(),
                note.text(),
                thisHost(),
                self.id(),
                self.started(),
                RunningProcess.NONE,
                Instant.now().toString(),
                queues.stream().map(PausedQueue::of).toList());
    }

    Holder holder() {
        if (!host.equals(thisHost())) {
            return Holder.ELSEWHERE;
        }
        if (new RunningProcess(process, started).isAlive()) {
            return Holder.AT_WORK;
        }
        return update.isAlive() ? Holder.UPDATING : Holder.GONE;
    }

    /** The same while Pulumi updates. */
    PauseRecord updatedBy(RunningProcess pulumi) {
        return new PauseRecord(stack, note, host, process, started, pulumi, created, queues);
    }

    PauseNote pauseNote() {
        return PauseNote.parse(note).orElseThrow(() -> new IllegalArgumentException("note"));
    }

    List<ClusterQueue> clusterQueues() {
        return queues.stream().map(PausedQueue::queue).toList();
    }

    static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException withoutName) {
            return "localhost";
        }
    }
}
