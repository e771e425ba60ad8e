package io.buildkitefleet.fleet.resolve;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.LocalConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.JobPod;
import io.buildkitefleet.fleet.Mirror;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.ResourceNames;
import io.buildkitefleet.fleet.Resources;
import io.buildkitefleet.fleet.images.Images;
import java.util.List;
import java.util.Optional;

/**
 * Makes the {@link Queue}s of a local fleet. Nothing is known of the nodes of its cluster, so a job gets what its queue
 * says, or little enough for a laptop.
 */
final class LocalQueues {
    private final FleetConfig config;
    private final Problems problems;
    private final Images images;

    LocalQueues(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
        this.images = new ResourceNames(config).images();
    }

    List<Queue> resolve() {
        return config.queues().entrySet().stream()
                .map(queue -> queue(queue.getKey(), queue.getValue()))
                .toList();
    }

    private Queue queue(String name, QueueConfig queue) {
        return new Queue(
                name,
                queue,
                Optional.empty(),
                pod(problems.at("queues", name), queue),
                1,
                queue.maxInFlight().orElse(LocalConfig.MAX_IN_FLIGHT),
                Optional.empty(),
                gitMirror(name),
                images,
                Optional.empty(),
                queue.only());
    }

    private static JobPod pod(Place at, QueueConfig queue) {
        JobSizer.checkLeast(at, queue);
        var command = new Resources(
                queue.cpu().orElse(LocalConfig.CPU), queue.memory().orElse(LocalConfig.MEMORY));
        return queue.can(Capability.DOCKER)
                ? new JobPod(command, Optional.of(command), new Memory(2 * JobSizer.LEAST_DISK.mebibytes()), 0)
                : new JobPod(command, Optional.empty(), JobSizer.LEAST_DISK, 0);
    }

    private Optional<Mirror> gitMirror(String name) {
        return config.checkout().gitMirror() == GitMirror.NODE
                ? Optional.of(new Mirror.OnNode(ResourceNames.gitMirror(name)))
                : Optional.empty();
    }
}
