package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.fleet.DockerNetwork;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the Docker daemon beside a job is told. */
@ExtendWith(PreviewedStacks.Extension.class)
class DockerDaemonPlanTest {
    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void itsNetworksHaveTheAddressesThatThePlanKeepsFree(StackPreview stack) {
        for (var queue : queuesWithADaemon(stack)) {
            assertThat(arguments(stack, queue))
                    .contains(
                            "--bip=" + DockerNetwork.BRIDGE,
                            "--default-address-pool=base=" + DockerNetwork.NETWORKS + ",size="
                                    + DockerNetwork.NETWORK_PREFIX);
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void itsNetworksCarryNoLargerPacketsThanTheFleets(StackPreview stack) {
        assertThat(stack.plan().ofType("gcp:compute/network:Network"))
                .as("networks that set no MTU have Google's default")
                .isNotEmpty()
                .allMatch(network -> Inputs.text(network, "mtu").isEmpty());
        for (var queue : queuesWithADaemon(stack)) {
            assertThat(arguments(stack, queue))
                    .contains("--mtu=1460", "--default-network-opt=bridge=com.docker.network.driver.mtu=1460");
        }
    }

    private static List<Queue> queuesWithADaemon(StackPreview stack) {
        var queues = stack.fleet().queues().stream()
                .filter(queue -> queue.docker()
                        .filter(docker -> docker.mode() == DockerMode.DAEMON)
                        .isPresent())
                .toList();
        assertThat(queues).isNotEmpty();
        return queues;
    }

    private static List<String> arguments(StackPreview stack, Queue queue) {
        var release = stack.plan()
                .find("kubernetes:helm.sh/v3:Release", "queue-" + queue.name() + "-release")
                .orElseThrow();
        var daemon = Inputs.at(release, "values", "config", "pod-spec-patch", "initContainers", 0)
                .orElseThrow();
        return Inputs.items(daemon, "args").stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
