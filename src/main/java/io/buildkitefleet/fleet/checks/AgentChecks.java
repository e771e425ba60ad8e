package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.AgentImage;
import io.buildkitefleet.fleet.Fleet;

/**
 * Keeps agents away that hand the checkout's key to a repository's own hooks. From version 4 on these run before the
 * fleet's own {@code post-checkout}, which removes the key:
 * https://github.com/buildkite/agent/blob/v4.0.0-beta.15/internal/job/hooks.go. An untrusted queue has no key, and the
 * image that makes disks of git mirrors runs no agent.
 */
final class AgentChecks implements Check {
    private final FleetConfig config;
    private final Problems problems;

    AgentChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        config.queues().forEach((name, queue) -> {
            var at = problems.at("queues", name);
            if (queue.trust() == Trust.TRUSTED && !at.isInDoubt("trust")) {
                image(at.at("image"), queue);
            }
        });
    }

    private static void image(Place at, QueueConfig queue) {
        queue.image().ifPresent(reference -> {
            var image = AgentImage.of(reference);
            if (image.isTooNew()) {
                at.add(refusal(reference, ""));
            } else if (image.isMoving()) {
                at.add(refusal(reference, ", which is whatever version Buildkite releases next"));
            }
        });
    }

    private static String refusal(String reference, String why) {
        return "must be version " + AgentImage.NEWEST + " of the agent on a trusted queue, got \"" + reference + "\""
                + why
                + ": later ones run a repository's own hooks before the checkout's key is removed; "
                + "use a tag that begins with " + AgentImage.NEWEST + ". or leave the image out";
    }
}
