package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.at;
import static io.buildkitefleet.testing.BadStack.of;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkChecksTest {
    private static final Stacks MINIMAL = Stacks.minimal();

    @ParameterizedTest
    @MethodSource({"network", "capacity"})
    void anAddressPlanThatDoesNotWorkIsReported(BadStack bad) {
        bad.isReportedOnce();
    }

    /** On-demand nodes with one more for upgrades, and two system nodes of a zonal cluster with one more. */
    @ParameterizedTest
    @CsvSource({"nodes, 10.0.0.0/28, 8", "pods, 10.4.0.0/20, 12", "natAddresses, 1, 500"})
    void aNetworkMayBeFull(String key, String value, int max) {
        var full = MINIMAL.with("zones", "[us-west1-a]")
                .with("pools.big.capacity", "on-demand")
                .with("network." + key, value);

        assertThat(problems(full.with("pools.big.max", String.valueOf(max)))).isEmpty();
        of(
                        "one node more",
                        full.with("pools.big.max", String.valueOf(max + 1)),
                        "network." + key,
                        " nodes, the sum of all pools")
                .isReportedOnce();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.0.0/16", "172.16.0.0/12", "100.64.0.0/10", "10.128.0.0/9"})
    void aRangeMayBeAllOfAPrivateRange(String range) {
        assertThat(problems(MINIMAL.with("network.pods", range).with("network.controlPlane", "10.9.0.0/28")))
                .isEmpty();
    }

    static Stream<BadStack> network() {
        var same = Stream.of(
                        "nodes /20 pods /14",
                        "nodes /20 services /20",
                        "nodes /20 controlPlane /28",
                        "pods /14 services /20",
                        "pods /14 controlPlane /28",
                        "services /20 controlPlane /28")
                .map(pair -> pair.split(" "))
                .map(pair -> of(
                        pair[0] + " overlaps " + pair[2],
                        MINIMAL.with("network." + pair[0], "10.64.0.0" + pair[1])
                                .with("network." + pair[2], "10.64.0.0" + pair[3]),
                        "network." + pair[2],
                        "10.64.0.0" + pair[3] + " overlaps with " + pair[0] + " (10.64.0.0" + pair[1] + ")"));
        var others = Stream.of(
                at("network.nodes", "8.8.0.0/20", "must be a private range, within [10.0.0.0/8", "got 8.8.0.0/20"),
                at("network.services", "172.0.0.0/12", "must be a private range", "got 172.0.0.0/12"),
                at("network.controlPlane", "172.16.0.0/27", "must be a /28, got 172.16.0.0/27"));
        return Stream.concat(same, others);
    }

    /** The pool and its fallback, each with a node more for upgrades, and three system nodes with one more: 14. */
    static Stream<BadStack> capacity() {
        return Stream.of(
                at("network.nodes", "10.0.0.0/28", "10.0.0.0/28 has too few addresses for 14 nodes"),
                at("network.pods", "10.4.0.0/21", "10.4.0.0/21 is enough for 8 nodes, and not for 14 nodes"),
                of(
                        "too few NAT addresses",
                        MINIMAL.with("pools.big.max", "250"),
                        "network.natAddresses",
                        "must be at least 2 for 506 nodes, the sum of all pools with their fallbacks, got 1"));
    }
}
