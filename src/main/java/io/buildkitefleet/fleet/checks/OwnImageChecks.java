package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.text.Listing;

/**
 * Keeps what jobs push from running where it was not meant to. Each queue that builds images may move every tag of the
 * fleet's repository, also that of the image that runs the agent of another queue, or what fetches git mirrors. Tags
 * could be made immutable, but then those of layer caches, and ones like {@code latest}, would no longer move.
 */
final class OwnImageChecks implements Check {
    private final Fleet fleet;
    private final Problems problems;
    private final String writers;

    OwnImageChecks(Fleet fleet, Problems problems) {
        this.fleet = fleet;
        this.problems = problems;
        this.writers = fleet.trustedQueues().stream()
                .filter(queue -> queue.can(Capability.DOCKER))
                .map(Queue::name)
                .collect(Listing.joining());
    }

    @Override
    public void run() {
        if (problems.at("name").isInDoubt() || problems.at("region").isInDoubt()) {
            return;
        }
        fleet.queues().forEach(this::queue);
        fleet.config()
                .checkout()
                .mirrorDisk()
                .ifPresent(disk -> byDigest(problems.at("checkout", "mirrorDisk", "image"), disk.image()));
    }

    private void queue(Queue queue) {
        var at = problems.at("queues", queue.name());
        if (at.isInDoubt("trust")) {
            return;
        }
        queue.config().image().ifPresent(image -> {
            if (queue.isTrusted()) {
                byDigest(at.at("image"), image);
            } else if (isOwn(image)) {
                at.add(
                        "image",
                        "is of the fleet's own registry, which the nodes of an untrusted queue cannot read, got \""
                                + image + "\"; use an image that is public");
            }
        });
    }

    private void byDigest(Place at, String image) {
        if (isOwn(image) && !image.contains("@") && !writers.isEmpty()) {
            at.add("must have its digest, got \"" + image + "\": jobs that can push to the fleet's registry (queues "
                    + writers + ") can move its tag, and what they push would run here; write " + image
                    + "@sha256:..., with the digest that the push printed");
        }
    }

    private boolean isOwn(String image) {
        return image.startsWith(fleet.names().imageRegistry() + "/");
    }
}
