package io.buildkitefleet.fleet.checks;

import io.buildkitefleet.config.FleetConfig;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.PoolConfig;
import io.buildkitefleet.config.QueueConfig;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Trust;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Keeps what anybody may run away from what is worth stealing. */
final class TrustChecks {
    private static final String PATH = FleetConfigReader.ROOT + ".queues.";

    private final FleetConfig config;
    private final Problems problems;

    TrustChecks(FleetConfig config, Problems problems) {
        this.config = config;
        this.problems = problems;
    }

    void run() {
        config.checkoutKey()
                .filter(FleetConfig::isAgentToken)
                .ifPresent(key -> problems.add(
                        FleetConfigReader.ROOT + ".checkout.sshKey",
                        "must not be " + key + ": a job that holds it can pose as an agent"));
        config.queues().forEach((name, queue) -> {
            if (queue.trust() == Trust.UNTRUSTED) {
                untrusted(PATH + name, queue);
            } else {
                trusted(PATH + name, queue);
            }
        });
    }

    private void untrusted(String path, QueueConfig queue) {
        if (!queue.can().isEmpty()) {
            problems.add(
                    path + ".can",
                    "must be empty on an untrusted queue, got "
                            + queue.can().stream()
                                    .map(capability -> capability.name().toLowerCase(Locale.ROOT))
                                    .collect(Collectors.joining(", ")));
        }
        if (!queue.secrets().isEmpty()) {
            problems.add(
                    path + ".secrets",
                    "must be empty on an untrusted queue: its jobs could print them, got "
                            + String.join(", ", queue.secrets().keySet()));
        }
        queue.variablesKey()
                .ifPresent(version -> problems.add(
                        path + ".variablesKey",
                        "is not for an untrusted queue, got " + version
                                + ": its jobs could print what the variables hold"));
        pool(queue)
                .filter(pool -> pool.sandbox() == Sandbox.NONE)
                .filter(pool -> !isSandboxInDoubt(FleetConfigReader.ROOT + ".pools." + queue.pool()))
                .ifPresent(pool -> problems.add(
                        path + ".pool",
                        "untrusted jobs need a pool with sandbox: gvisor, got pool \"" + queue.pool() + "\""));
        var trusted = config.queues().entrySet().stream()
                .filter(other -> other.getValue().trust() == Trust.TRUSTED)
                .filter(other -> !problems.anyBelow(PATH + other.getKey() + ".trust"))
                .filter(other -> other.getValue().pool().equals(queue.pool()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        if (!trusted.isEmpty() && pool(queue).isPresent()) {
            problems.add(
                    path + ".pool",
                    "an untrusted queue must not share a pool with trusted ones (" + trusted + "), got pool \""
                            + queue.pool() + "\"; give it a pool of its own");
        }
    }

    private boolean isSandboxInDoubt(String pool) {
        return problems.anyAt(pool) || problems.anyBelow(pool + ".sandbox");
    }

    private void trusted(String path, QueueConfig queue) {
        queue.secrets().forEach((variable, key) -> {
            if (FleetConfig.isAgentToken(key)) {
                problems.add(
                        path + ".secrets." + variable,
                        "must not be " + key + ": a job that holds it can pose as an agent");
            }
        });
    }

    private Optional<PoolConfig> pool(QueueConfig queue) {
        return Optional.ofNullable(config.pools().get(queue.pool()));
    }
}
