package io.buildkitefleet.drain;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which queues lose jobs by an update, by what Pulumi says that it does: with their nodes, their cluster, or what a
 * job's pod uses. A controller that starts again loses none: the pods of its jobs go on.
 *
 * @param reasons why, by queue
 * @param restarted the other queues whose controllers start again or go: jobs that these had taken, and not started,
 *     wait until their reservation ends
 */
public record JobLosses(SortedMap<String, List<String>> reasons, SortedSet<String> restarted) {
    public JobLosses {
        reasons = new TreeMap<>(reasons);
        restarted = new TreeSet<>(restarted);
    }

    public boolean isEmpty() {
        return reasons.isEmpty();
    }

    /**
     * Reads what {@code pulumi preview --json --show-sames} prints.
     *
     * @throws IllegalArgumentException if it is no such document
     */
    static JobLosses of(JsonElement preview) {
        return new LossReader(PreviewStep.all(preview)).read();
    }
}
