package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.DockerConfig;
import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Trust;
import java.util.Set;

/** What a queue's capabilities need, and where they may be used. */
final class CapabilityChecks {
    private static final String PATH = FleetConfigReader.ROOT + ".queues.";

    /** Namespaces of Kubernetes and of GKE, which no job may manage. */
    private static final Set<String> SYSTEM_PREFIXES = Set.of("kube-", "gke-", "gmp-", "buildkite-");

    private final FleetConfig config;
    private final Problems problems;

    CapabilityChecks(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        config.queues().forEach((name, queue) -> {
            // What an untrusted queue can is refused as a whole.
            if (queue.trust() == Trust.TRUSTED || queue.can().isEmpty()) {
                docker(PATH + name, queue);
                deploys(PATH + name, queue);
            }
            reservedTag(PATH + name, queue);
        });
    }

    private void docker(String path, QueueConfig queue) {
        var pool = config.pools().get(queue.pool());
        if (queue.can(Capability.DOCKER) && pool != null && pool.sandbox() == Sandbox.GVISOR) {
            problems.add(
                    path + ".can",
                    "docker does not run in the sandbox of pool \"" + queue.pool() + "\"; use a pool without one");
        }
        if (queue.docker().isPresent() && !queue.can(Capability.DOCKER) && !problems.anyBelow(path + ".can")) {
            problems.add(path + ".docker", "has no use without can: [docker]");
        }
        if (queue.docker().filter(CapabilityChecks::remapsWithoutDaemon).isPresent()) {
            problems.add(path + ".docker.usernsRemap", "is for mode: daemon; rootless builds have no root to map");
        }
    }

    private static boolean remapsWithoutDaemon(DockerConfig docker) {
        return docker.usernsRemap() && docker.mode() == DockerMode.ROOTLESS;
    }

    private void deploys(String path, QueueConfig queue) {
        var deploys = queue.can(Capability.KUBECTL) || queue.can(Capability.HELM);
        if (deploys
                && queue.namespaces().isEmpty()
                && queue.clusters().isEmpty()
                && !problems.anyBelow(path + ".namespaces")) {
            problems.add(
                    path + ".namespaces",
                    "is missing; name the namespaces that kubectl and helm may manage, as [apps]");
        }
        if (!deploys && !queue.clusters().isEmpty() && !problems.anyBelow(path + ".can")) {
            problems.add(path + ".clusters", "has no use without can: [kubectl] or can: [helm]");
        }
        if (!deploys && !queue.namespaces().isEmpty() && !problems.anyBelow(path + ".can")) {
            problems.add(path + ".namespaces", "has no use without can: [kubectl] or can: [helm]");
        }
        for (var namespace : queue.namespaces()) {
            if (namespace.equals("default") || SYSTEM_PREFIXES.stream().anyMatch(namespace::startsWith)) {
                problems.add(
                        path + ".namespaces",
                        "must not name the cluster's own namespaces or the fleet's, got " + namespace);
            }
            if (namespace.length() > NameChecks.LONGEST_LABEL) {
                problems.add(
                        path + ".namespaces",
                        "Kubernetes refuses names of over " + NameChecks.LONGEST_LABEL + " characters, got "
                                + namespace);
            }
        }
    }

    private void reservedTag(String path, QueueConfig queue) {
        if (queue.tags().containsKey("queue")) {
            problems.add(
                    path + ".tags.queue", "is given already: the tag queue is always the name of the queue itself");
        }
    }
}
