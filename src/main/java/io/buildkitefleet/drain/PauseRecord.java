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
 * @param created when it began to pause, for people
 */
record PauseRecord(
        String stack, String note, String host, long process, long started, String created, List<PausedQueue> queues) {
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
        /** On another machine, of which nobody knows here. */
        ELSEWHERE
    }

    PauseRecord {
        queues = List.copyOf(queues);
    }

    /** That of this process. */
    static PauseRecord of(PauseNote note, List<ClusterQueue> queues) {
        var self = ProcessHandle.current();
        return new PauseRecord(
                note.stack(),
                note.text(),
                thisHost(),
                self.pid(),
                startOf(self),
                Instant.now().toString(),
                queues.stream().map(PausedQueue::of).toList());
    }

    Holder holder() {
        if (!host.equals(thisHost())) {
            return Holder.ELSEWHERE;
        }
        return ProcessHandle.of(process)
                        .filter(ProcessHandle::isAlive)
                        .filter(found -> startOf(found) == started)
                        .isPresent()
                ? Holder.AT_WORK
                : Holder.GONE;
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

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
    }
}
