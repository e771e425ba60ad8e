package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.DockerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Fleet;
import java.util.Set;

/** What a queue's capabilities need, and where they may be used. */
final class CapabilityChecks implements Check {
    /** Namespaces of Kubernetes and of GKE, which no job may manage. */
    private static final Set<String> SYSTEM_PREFIXES = Set.of("kube-", "gke-", "gmp-", "buildkite-");

    private final FleetConfig config;
    private final Problems problems;

    CapabilityChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        config.queues().forEach((name, queue) -> {
            var at = problems.at("queues", name);
            // What an untrusted queue can is refused as a whole.
            if (queue.trust() == Trust.TRUSTED || queue.can().isEmpty()) {
                docker(at, queue);
                deploys(at, queue);
            }
            reservedTag(at, queue);
        });
    }

    private void docker(Place at, QueueConfig queue) {
        var pool = config.pools().get(queue.pool());
        if (queue.can(Capability.DOCKER) && pool != null && pool.sandbox() == Sandbox.GVISOR) {
            at.add(
                    "can",
                    "docker does not run in the sandbox of pool \"" + queue.pool() + "\"; use a pool without one");
        }
        if (queue.docker().isPresent() && !queue.can(Capability.DOCKER) && !at.isInDoubt("can")) {
            at.add("docker", "has no use without can: [docker]");
        }
        if (queue.docker().filter(CapabilityChecks::remapsWithoutDaemon).isPresent()) {
            at.at("docker").add("usernsRemap", "is for mode: daemon; rootless builds have no root to map");
        }
    }

    private static boolean remapsWithoutDaemon(DockerConfig docker) {
        return docker.usernsRemap() && docker.mode() == DockerMode.ROOTLESS;
    }

    private static void deploys(Place at, QueueConfig queue) {
        var deploys = queue.can(Capability.KUBECTL) || queue.can(Capability.HELM);
        if (deploys
                && queue.namespaces().isEmpty()
                && queue.clusters().isEmpty()
                && !at.isInDoubt("can")
                && !at.isInDoubt("namespaces")) {
            at.add("namespaces", "is missing; name the namespaces that kubectl and helm may manage, as [apps]");
        }
        if (!deploys && !queue.clusters().isEmpty() && !at.isInDoubt("can")) {
            at.add("clusters", "has no use without can: [kubectl] or can: [helm]");
        }
        if (!deploys && !queue.namespaces().isEmpty() && !at.isInDoubt("can") && !at.isInDoubt("namespaces")) {
            at.add("namespaces", "has no use without can: [kubectl] or can: [helm]");
        }
        at.at("namespaces").each(queue.namespaces(), CapabilityChecks::namespace);
    }

    private static void namespace(Place at, String name) {
        if (name.equals("default") || SYSTEM_PREFIXES.stream().anyMatch(name::startsWith)) {
            at.add("must not name the cluster's own namespaces or the fleet's, got " + name);
        }
        if (name.length() > Limit.NAMESPACE_NAME.most()) {
            at.add("Kubernetes refuses names of over " + Limit.NAMESPACE_NAME.most() + " characters, got " + name);
        }
    }

    private static void reservedTag(Place at, QueueConfig queue) {
        if (queue.tags().containsKey("queue")) {
            at.at("tags").add("queue", "is given already: the tag queue is always the name of the queue itself");
        }
    }
}
