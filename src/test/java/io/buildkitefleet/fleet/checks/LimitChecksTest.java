package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.at;
import static io.buildkitefleet.testing.BadStack.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Google bounds: numbers, sizes and names. */
class LimitChecksTest {
    private static final Stacks MINIMAL = Stacks.minimal();

    /** A network that is large enough for every node. */
    private static final Stacks LARGE = MINIMAL.with("network.nodes", "10.64.0.0/16")
            .with("network.pods", "10.128.0.0/9")
            .with("network.natAddresses", "16");

    @ParameterizedTest
    @MethodSource("limits")
    void whatGoogleWouldRefuseIsReported(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> limits() {
        var labels = IntStream.range(0, 64).mapToObj(i -> "l" + i + ": v").collect(Collectors.joining(", ", "{", "}"));
        return Stream.of(
                of(
                        "a range that Services do not fit into",
                        MINIMAL.with("network.services", "10.8.0.0/28"),
                        "network.services",
                        "must be from /16 to /27, got 10.8.0.0/28"),
                of(
                        "a range too large for Services",
                        MINIMAL.with("network.services", "10.16.0.0/12"),
                        "network.services",
                        "must be from /16 to /27"),
                of("a bucket with google in its name", MINIMAL.with("name", "acme-google"), "name", "google in it"),
                at("labels", "{goog-team: ci}", "must not begin with goog- or google-", "labels of its own")
                        .below("goog-team"),
                at("labels", "{google-team: ci}", "must not begin with goog-").below("google-team"),
                at("labels", "{buildkite-pool: ci}", "is the fleet's own label").below("buildkite-pool"),
                of(
                        "a bucket that begins with goog",
                        MINIMAL.withKey(Stacks.PROJECT, "goog-acme-ci"),
                        "name",
                        "nor one that begins with goog"),
                of(
                        "more ranges than GKE takes",
                        MINIMAL.with("cluster.authorizedNetworks", ranges(101)),
                        "cluster.authorizedNetworks",
                        "must be at most 100, as many as GKE takes, got 101"),
                of(
                        "more nodes than a pool may have in its zones",
                        LARGE.with("zones", "[us-west1-a, us-west1-b]").with("pools.big.max", "2001"),
                        "pools.big.max",
                        "must be at most 2000, 1000 in each of its zones (2), got 2001"),
                of("too many labels", MINIMAL.with("labels", labels), "labels", "must be at most 63, got 64"));
    }

    private static String ranges(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> "{cidr: 203.0.113." + i + "/32, name: office}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.0/24, true, 1", "203.0.113.0/24, false, 0", "10.200.0.0/16, true, 0", "10.0.0.0/8, true, 0"})
    void anAddressOfTheInternetIsNoWayToAnApiWithoutOne(String range, boolean isPrivate, int warnings) {
        var stack = MINIMAL.with("cluster.authorizedNetworks", "[{cidr: " + range + ", name: office}]")
                .with("cluster.privateEndpoint", String.valueOf(isPrivate));

        assertThat(FleetResolver.resolve(stack).warnings())
                .hasSize(warnings)
                .allSatisfy(warning -> assertThat(warning.message()).startsWith("is a range of the internet"));
    }

    @ParameterizedTest
    @CsvSource({"60, 0", "61, 1", "63, 1"})
    void labelsLeaveRoomForThoseThatGoogleAndPulumiAdd(int number, int warnings) {
        var labels =
                IntStream.range(0, number).mapToObj(i -> "l" + i + ": x").collect(Collectors.joining(", ", "{", "}"));

        assertThat(FleetResolver.resolve(MINIMAL.with("labels", labels)).warnings())
                .hasSize(warnings)
                .allSatisfy(warning -> assertThat(warning.message()).startsWith("are " + number + ": GKE and Pulumi"));
    }

    @ParameterizedTest
    @CsvSource({"50, 0", "51, 1", "100, 1"})
    void rangesOfWhichGoogleSaysTwoThingsAreAWarning(int number, int warnings) {
        assertThat(FleetResolver.resolve(MINIMAL.with("cluster.authorizedNetworks", ranges(number)))
                        .warnings())
                .hasSize(warnings)
                .allSatisfy(warning ->
                        assertThat(warning.message()).startsWith("are " + number + ", and what Google says differs"));
    }

    @Test
    void aClusterForWhichGoogleMustBeAskedIsAWarning() {
        var two = LARGE.with("queues.small", "{pool: small}")
                .with("pools.small", "{machineType: n1-standard-8, max: 2500, capacity: on-demand}")
                .with("pools.big.capacity", "on-demand");
        assertThat(FleetResolver.resolve(two.with("pools.big.max", "2400")).warnings())
                .isEmpty();
        assertThat(FleetResolver.resolve(two.with("pools.big.max", "2500")).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .startsWith("may have 500")
                        .contains("GKE takes 5000 in a cluster for which nobody asked"));
    }

    @Test
    void moreDisksThanASharedCoreTakesAreAWarning() {
        var disks = MINIMAL.with("checkout.gitMirror", "disk")
                .with("checkout.mirrorDisk", "{repositories: ['https://github.com/acme/app'], image: 'agent:1'}")
                .with("cluster.version", "\"1.36\"")
                .with("pools.big", "{machineType: e2-medium, max: 20, zones: [us-west1-a]}");
        assertThat(warningsOfQueues(disks, 15)).isEmpty();
        assertThat(warningsOfQueues(disks, 16))
                .singleElement()
                .isEqualTo("has 16 queues with disks of git mirrors, and a node of e2-medium takes 15 at a time:"
                        + " jobs of further queues wait for another node");
    }

    private static List<String> warningsOfQueues(Stacks stack, int number) {
        for (int i = 1; i < number; i++) {
            stack = stack.with("queues.q" + i, "{pool: big}");
        }
        return FleetResolver.resolve(stack).warnings().stream()
                .map(Problem::message)
                .toList();
    }
}
