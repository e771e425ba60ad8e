package io.buildkitefleet.pods;

import io.buildkitefleet.pulumi.Plan;

/** The controller of a queue in a plan. */
public final class QueueController {
    private QueueController() {}

    public static StackController of(Plan plan, String queue) {
        return StackController.of(plan.find("kubernetes:helm.sh/v3:Release", "queue-" + queue + "-release")
                .orElseThrow());
    }
}
