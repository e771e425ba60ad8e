package io.buildkitefleet.kubernetes;

import io.buildkitefleet.fleet.Queue;
import java.util.Map;

/** The labels by which policies tell a queue's pods apart. */
final class Labels {
    static final String ROLE = "buildkite-fleet/role";
    static final String QUEUE = "buildkite-fleet/queue";
    static final String JOB = "job";
    static final String CONTROLLER = "controller";

    private Labels() {}

    static Map<String, String> of(Queue queue, String role) {
        return Map.of(ROLE, role, QUEUE, queue.name());
    }

    static Map<String, String> selecting(String role) {
        return Map.of(ROLE, role);
    }
}
