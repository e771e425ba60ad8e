package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Place;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.PodSpecs;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.text.Listing;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps what anybody may run away from what is worth stealing. */
final class TrustChecks implements Check {
    private final FleetConfig config;
    private final Problems problems;

    TrustChecks(Fleet fleet, Problems problems) {
        this.config = fleet.config();
        this.problems = problems;
    }

    @Override
    public void run() {
        config.checkoutKey().filter(FleetConfig::isAgentToken).ifPresent(key -> problems.at("checkout", "sshKey")
                .add("must not be " + key + ": a job that holds it can pose as an agent"));
        config.queues().forEach((name, queue) -> {
            if (queue.trust() == Trust.UNTRUSTED) {
                untrusted(problems.at("queues", name), queue);
            } else {
                trusted(problems.at("queues", name), queue);
            }
        });
    }

    private void untrusted(Place at, QueueConfig queue) {
        if (!queue.can().isEmpty()) {
            at.add(
                    "can",
                    "must be empty on an untrusted queue, got "
                            + queue.can().stream()
                                    .map(capability -> capability.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")));
        }
        if (!queue.secrets().isEmpty()) {
            at.add(
                    "secrets",
                    "must be empty on an untrusted queue: its jobs could print them, got "
                            + Listing.of(queue.secrets().keySet()));
        }
        if (queue.podSpecs() == PodSpecs.ALLOWED) {
            at.add(
                    "podSpecs",
                    "must not be allowed on an untrusted queue: a step's own containers start before anything has"
                            + " looked at the build");
        }
        queue.variablesKey()
                .ifPresent(version -> at.add(
                        "variablesKey",
                        "is not for an untrusted queue, got " + version
                                + ": its jobs could print what the variables hold"));
        pool(queue)
                .filter(pool -> pool.sandbox() == Sandbox.NONE)
                .filter(pool -> !isSandboxInDoubt(queue.pool()))
                .ifPresent(pool -> at.add(
                        "pool", "untrusted jobs need a pool with sandbox: gvisor, got pool \"" + queue.pool() + "\""));
        var trusted = config.queues().entrySet().stream()
                .filter(other -> other.getValue().trust() == Trust.TRUSTED)
                .filter(other -> !problems.at("queues", other.getKey()).isInDoubt("trust"))
                .filter(other -> other.getValue().pool().equals(queue.pool()))
                .map(Map.Entry::getKey)
                .collect(Listing.joining());
        if (!trusted.isEmpty() && pool(queue).isPresent()) {
            at.add(
                    "pool",
                    "an untrusted queue must not share a pool with trusted ones (" + trusted + "), got pool \""
                            + queue.pool() + "\"; give it a pool of its own");
        }
    }

    private boolean isSandboxInDoubt(String pool) {
        var at = problems.at("pools", pool);
        return at.isRefused() || at.isInDoubt("sandbox");
    }

    private static void trusted(Place at, QueueConfig queue) {
        queue.secrets().forEach((variable, key) -> {
            if (FleetConfig.isAgentToken(key)) {
                at.at("secrets").add(variable, "must not be " + key + ": a job that holds it can pose as an agent");
            }
        });
    }

    private Optional<PoolConfig> pool(QueueConfig queue) {
        return Optional.ofNullable(config.pools().get(queue.pool()));
    }
}
