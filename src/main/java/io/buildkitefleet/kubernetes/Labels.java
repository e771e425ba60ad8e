package io.buildkitefleet.kubernetes;

import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Queue;
import java.util.Map;

/** The labels by which policies tell pods apart. */
final class Labels {
    static final String ROLE = Queue.ROLE_LABEL;
    static final String QUEUE = Queue.LABEL;
    static final String JOB = Queue.JOB_ROLE;
    static final String CONTROLLER = "controller";

    /** Of what fetches git mirrors. */
    static final String MIRROR = "mirror";

    private static final String CACHE = "buildkite-fleet/cache";

    private Labels() {}

    static Map<String, String> of(Queue queue, String role) {
        return Map.of(ROLE, role, QUEUE, queue.name());
    }

    static Map<String, String> of(CacheServer server) {
        return Map.of(CACHE, server.kind().id());
    }

    static Map<String, String> selecting(String role) {
        return Map.of(ROLE, role);
    }
}
