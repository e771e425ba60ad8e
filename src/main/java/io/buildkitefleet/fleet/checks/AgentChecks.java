package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.AgentImage;

/**
 * Keeps agents away under which an approval holds for nothing. From version 4 on, hooks of the repository run before
 * the fleet's own {@code post-checkout}, which compares what was checked out with the commit that was approved:
 * https://github.com/buildkite/agent/blob/v4.0.0-beta.15/internal/job/hooks.go. An untrusted queue has no such check,
 * and the image that makes disks of git mirrors runs no agent.
 */
final class AgentChecks {
    private static final String PATH = FleetConfigReader.ROOT + ".queues.";

    private final FleetConfig config;
    private final Problems problems;

    AgentChecks(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        config.queues().forEach((name, queue) -> {
            if (queue.trust() == Trust.TRUSTED && !problems.anyBelow(PATH + name + ".trust")) {
                image(PATH + name + ".image", queue);
            }
        });
    }

    private void image(String path, QueueConfig queue) {
        queue.image().ifPresent(reference -> {
            var image = AgentImage.of(reference);
            if (image.isTooNew()) {
                problems.add(path, refusal(reference, ""));
            } else if (image.isMoving()) {
                problems.add(path, refusal(reference, ", which is whatever version Buildkite releases next"));
            }
        });
    }

    private static String refusal(String reference, String why) {
        return "must be version " + AgentImage.NEWEST + " of the agent on a trusted queue, got \"" + reference + "\""
                + why
                + ": later ones run a repository's own hooks before the checkout is held against the approved commit; "
                + "use a tag that begins with " + AgentImage.NEWEST + ". or leave the image out";
    }
}
