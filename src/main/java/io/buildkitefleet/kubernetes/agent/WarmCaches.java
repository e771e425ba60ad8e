package io.buildkitefleet.kubernetes.agent;

import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.kubernetes.NodeDirectory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a queue's jobs leave on a node for the next ones. The checkout, the job and its Docker daemon see it at the same
 * paths, so that a checkout too can be kept.
 */
public final class WarmCaches {
    /** The claim, and the volume of a pod that is made of it. */
    public static final String NAME = "warm-caches";

    private WarmCaches() {}

    static Map<String, Object> volume() {
        return NodeDirectory.volume(NAME);
    }

    static List<Map<String, Object>> mounts(Queue queue) {
        return new TreeMap<>(queue.config().warm())
                .entrySet().stream()
                        .map(cache -> Map.<String, Object>of(
                                "name", NAME, "mountPath", cache.getValue(), "subPath", cache.getKey()))
                        .toList();
    }
}
