package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.of;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.fleet.DockerNetwork;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A job's Docker daemon stands between the job and whatever else has the addresses of its networks. */
class DockerNetworkChecksTest {
    private static final Stacks DOCKER = Stacks.minimal().with("queues.big.can", "[docker]");
    private static final Stacks OVERLAPPING = Stacks.minimal().with("network.services", "172.17.0.0/20");
    private static final String CLUSTERS = "[{project: acme-apps, location: us-west1, name: apps},"
            + " {project: acme-apps, location: us-west1, name: tools, controlPlane: 172.17.8.0/28}]";

    @ParameterizedTest
    @MethodSource
    void whatAJobCouldNotReachIsReported(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> whatAJobCouldNotReachIsReported() {
        return Stream.of(
                overlapping("nodes", "172.17.16.0/20", DOCKER),
                overlapping("pods", "172.16.0.0/14", DOCKER.with("network.controlPlane", "10.9.0.0/28")),
                overlapping("services", "172.17.0.0/20", DOCKER),
                overlapping("controlPlane", "172.17.255.240/28", DOCKER),
                of(
                        "a cluster that jobs deploy to",
                        DOCKER.with("queues.big.can", "[docker, kubectl]").with("queues.big.clusters", CLUSTERS),
                        "queues.big.clusters[1].controlPlane",
                        "172.17.8.0/28 overlaps with 172.17.0.0/16",
                        "in the jobs of queue big; choose another range"));
    }

    @Test
    void everyRangeAndEveryQueueIsNamedAtOnce() {
        var stack = DOCKER.with("network.services", "172.17.0.0/20")
                .with("network.controlPlane", "172.17.16.0/28")
                .with("pools.big.shared", "true")
                .with("queues.images", "{pool: big, can: [docker]}");

        assertThat(problems(stack))
                .allSatisfy(problem -> assertThat(problem.message()).contains("the jobs of queues big, images;"))
                .extracting(Problem::path)
                .containsExactly(Stacks.FLEET + ".network.controlPlane", Stacks.FLEET + ".network.services");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "queues.big.tags    | {os: linux}",
                "queues.big         | {pool: big, can: [docker], docker: {mode: rootless}}",
                "queues.big         | {pool: big, can: [kubectl], namespaces: [apps]}"
            })
    void whereNoDaemonRunsTheRangeIsFree(String path, String yaml) {
        assertThat(problems(OVERLAPPING.with(path, yaml))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"services, 172.16.16.0/20", "pods, 172.20.0.0/14", "nodes, 172.18.0.0/20", "pods, 192.168.0.0/16"})
    void whatDockerWouldTakeByItselfIsFree(String key, String range) {
        assertThat(problems(DOCKER.with("network." + key, range))).isEmpty();
    }

    @Test
    void dockersOwnBridgeAndTheOtherNetworksShareTheRange() {
        var bridge = Cidr.parse(DockerNetwork.BRIDGE.replace(".1/", ".0/")).orElseThrow();

        assertThat(bridge.overlaps(DockerNetwork.NETWORKS)).isFalse();
        assertThat(bridge.size() + DockerNetwork.NETWORKS.size()).isEqualTo(DockerNetwork.RANGE.size());
        assertThat(DockerNetwork.RANGE.overlaps(bridge)).isTrue();
        assertThat(DockerNetwork.RANGE.overlaps(DockerNetwork.NETWORKS)).isTrue();
    }

    private static BadStack overlapping(String key, String range, Stacks stack) {
        return of(
                key,
                stack.with("network." + key, range),
                "network." + key,
                range + " overlaps with 172.17.0.0/16, which Docker's networks have in the jobs of queue big",
                "set docker: {mode: rootless}");
    }
}
