package io.buildkitefleet.rules.kubernetes;

import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.resources.KubernetesType;
import io.buildkitefleet.rules.plan.InputValue;
import io.buildkitefleet.rules.plan.PlannedStack;
import io.buildkitefleet.rules.plan.Release;
import io.buildkitefleet.rules.plan.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where network policies let the jobs of a release go. */
final class JobEgress {
    /** DNS is answered at link-local addresses; on port 53 they hand out names, not tokens. */
    private static final long DNS = 53;

    private static final List<Cidr> CLOSED = Stream.concat(
                    Cidr.PRIVATE_RANGES.stream(), Cidr.parse("169.254.0.0/16").stream())
            .toList();

    private JobEgress() {}

    static Optional<String> opened(PlannedStack stack, Release release) {
        return UntrustedRules.inNamespace(stack, KubernetesType.NETWORK_POLICY, release)
                .filter(JobEgress::isOfJobs)
                .flatMap(policy -> policy.at("spec.egress").items().stream())
                .filter(rule -> !isDns(rule))
                .flatMap(rule -> opened(rule).stream())
                .findFirst();
    }

    /** What selects controllers alone says nothing about jobs. */
    private static boolean isOfJobs(Subject policy) {
        return !policy.at("spec.podSelector.matchLabels")
                .key("buildkite-fleet/role")
                .is("controller");
    }

    static boolean isDns(InputValue rule) {
        var ports = rule.at("ports").items();
        return !ports.isEmpty()
                && ports.stream().allMatch(port -> port.at("port").number() == DNS);
    }

    private static Optional<String> opened(InputValue rule) {
        if (rule.at("to").items().isEmpty()) {
            return Optional.of("its pods reach everything");
        }
        return rule.at("to").items().stream()
                .flatMap(peer -> openedBlock(peer.at("ipBlock")).stream())
                .findFirst();
    }

    static Optional<String> openedBlock(InputValue block) {
        if (!block.exists()) {
            return Optional.of("its pods reach other pods");
        }
        var reached = Cidr.parse(block.at("cidr").text());
        var except = block.at("except").texts();
        return CLOSED.stream()
                .filter(closed -> reached.map(closed::overlaps).orElse(true))
                .filter(closed -> !except.contains(closed.toString()))
                .findFirst()
                .map(closed -> "its pods reach " + closed);
    }
}
