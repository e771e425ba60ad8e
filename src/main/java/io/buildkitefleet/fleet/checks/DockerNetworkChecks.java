package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.DockerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.DockerNetwork;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.text.Listing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Whether a job with a Docker daemon reaches what it may: its route to Docker's networks comes before all others. */
final class DockerNetworkChecks implements Check {
    private final FleetConfig config;
    private final Problems problems;

    DockerNetworkChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        var queues = new LinkedHashMap<String, QueueConfig>(config.queues());
        queues.entrySet().removeIf(queue -> !hasDaemon(queue.getKey(), queue.getValue()));
        if (queues.isEmpty()) {
            return;
        }
        var names = (queues.size() == 1 ? "queue " : "queues ") + Listing.of(queues.keySet());
        ranges().forEach((key, range) -> check(problems.at("network", key), range, names));
        queues.forEach(this::clusters);
    }

    private boolean hasDaemon(String name, QueueConfig queue) {
        var at = problems.at("queues", name);
        var inDoubt = Stream.of("trust", "can", "docker").anyMatch(at::isInDoubt);
        return queue.can(Capability.DOCKER)
                && queue.trust() == Trust.TRUSTED
                && queue.docker().orElse(DockerConfig.DEFAULT).mode() == DockerMode.DAEMON
                && !inDoubt;
    }

    private Map<String, Cidr> ranges() {
        var network = config.network();
        return Map.of(
                "nodes", network.nodes(),
                "pods", network.pods(),
                "services", network.services(),
                "controlPlane", network.controlPlane());
    }

    private void clusters(String name, QueueConfig queue) {
        for (int i = 0; i < queue.clusters().size(); i++) {
            var at = problems.at("queues", name, "clusters").item(i).at("controlPlane");
            queue.clusters().get(i).controlPlane().ifPresent(range -> check(at, range, "queue " + name));
        }
    }

    private static void check(Place at, Cidr range, String queues) {
        if (range.overlaps(DockerNetwork.RANGE)) {
            at.add(range + " overlaps with " + DockerNetwork.RANGE + ", which Docker's networks have in the jobs of "
                    + queues + "; choose another range, or set docker: {mode: rootless} there");
        }
    }
}
