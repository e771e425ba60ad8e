package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.DockerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.DockerNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether a job with a Docker daemon reaches what it may: its route to Docker's networks comes before all others. */
final class DockerNetworkChecks {
    private static final String PATH = FleetConfigReader.ROOT + ".queues.";

    private final FleetConfig config;
    private final Problems problems;

    DockerNetworkChecks(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        var queues = new LinkedHashMap<String, QueueConfig>(config.queues());
        queues.entrySet().removeIf(queue -> !hasDaemon(queue.getKey(), queue.getValue()));
        if (queues.isEmpty()) {
            return;
        }
        var names = (queues.size() == 1 ? "queue " : "queues ") + String.join(", ", queues.keySet());
        ranges().forEach((path, range) -> check(path, range, names));
        queues.forEach(this::clusters);
    }

    private boolean hasDaemon(String name, QueueConfig queue) {
        var inDoubt =
                List.of("trust", "can", "docker").stream().anyMatch(key -> problems.anyBelow(PATH + name + "." + key));
        return queue.can(Capability.DOCKER)
                && queue.trust() == Trust.TRUSTED
                && queue.docker().orElse(DockerConfig.DEFAULT).mode() == DockerMode.DAEMON
                && !inDoubt;
    }

    private Map<String, Cidr> ranges() {
        var network = config.network();
        return Map.of(
                NetworkChecks.PATH + "nodes",
                network.nodes(),
                NetworkChecks.PATH + "pods",
                network.pods(),
                NetworkChecks.PATH + "services",
                network.services(),
                NetworkChecks.PATH + "controlPlane",
                network.controlPlane());
    }

    private void clusters(String name, QueueConfig queue) {
        for (int i = 0; i < queue.clusters().size(); i++) {
            var path = PATH + name + ".clusters[" + i + "].controlPlane";
            queue.clusters().get(i).controlPlane().ifPresent(range -> check(path, range, "queue " + name));
        }
    }

    private void check(String path, Cidr range, String queues) {
        if (range.overlaps(DockerNetwork.RANGE)) {
            problems.add(
                    path,
                    range + " overlaps with " + DockerNetwork.RANGE + ", which Docker's networks have in the jobs of "
                            + queues + "; choose another range, or set docker: {mode: rootless} there");
        }
    }
}
