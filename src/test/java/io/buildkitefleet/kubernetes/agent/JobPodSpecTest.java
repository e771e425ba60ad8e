package io.buildkitefleet.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobPodSpecTest {
    private static final Map<String, String> ARM =
            Map.of("key", "kubernetes.io/arch", "operator", "Equal", "value", "arm64", "effect", "NoSchedule");

    /** GKE taints the nodes of ARM machines; what it does with a series that nobody listed is not known. */
    @ParameterizedTest
    @ValueSource(strings = {"t2a-standard-8", "c4a-standard-8", "c9-standard-8"})
    void jobsTolerateTheTaintOfArmNodes(String machine) {
        assertThat(tolerations(machine)).contains(ARM);
    }

    @Test
    void jobsOfOtherNodesDoNot() {
        assertThat(tolerations("c4-standard-8")).isNotEmpty().doesNotContain(ARM);
    }

    private static List<Object> tolerations(String machine) {
        var queue = FleetResolver.resolve(Stacks.minimal().with("pools.big.machineType", machine))
                .queues()
                .get(0);
        return List.copyOf((List<?>) JobPodSpec.patch(queue).get("tolerations"));
    }
}
