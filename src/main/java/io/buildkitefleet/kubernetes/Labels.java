package io.buildkitefleet.kubernetes;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Queue;
import java.util.Map;

/** The labels by which policies tell pods apart. */
public final class Labels {
    public static final String ROLE = Queue.ROLE_LABEL;
    public static final String QUEUE = Queue.LABEL;
    public static final String JOB = Queue.JOB_ROLE;
    public static final String CONTROLLER = Queue.CONTROLLER_ROLE;

    /** Of what fetches git mirrors. */
    public static final String MIRROR = "mirror";

    private static final String CACHE = "buildkite-fleet/cache";

    private Labels() {}

    public static Map<String, String> of(Queue queue, String role) {
        return Map.of(ROLE, role, QUEUE, queue.name());
    }

    public static Map<String, String> of(CacheServer server) {
        return Map.of(CACHE, server.kind().id());
    }

    public static Map<String, String> selecting(String role) {
        return Map.of(ROLE, role);
    }
}
