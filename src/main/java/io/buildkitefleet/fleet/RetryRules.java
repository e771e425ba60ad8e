package io.buildkitefleet.fleet;

import java.util.List;
import java.util.Map;

/**
 * The rules that a pipeline's steps need on nodes that may be taken back. They retry what the infrastructure did to a
 * job, and neither what the job did itself nor a job that was refused, which would only be refused again:
 * https://buildkite.com/docs/pipelines/configure/retry
 */
public final class RetryRules {
    private RetryRules() {}

    /** What goes below {@code retry: automatic:} of a step. */
    public static List<Map<String, Object>> rules() {
        return List.of(
                // The node was taken back and the agent could still say so.
                Map.of("signal_reason", "agent_stop", "limit", 3),
                // The node went before the agent could say anything.
                Map.of("exit_status", -1, "signal_reason", "none", "limit", 2),
                // The pod never started.
                Map.of("signal_reason", "stack_error", "limit", 2));
    }
}
