package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.at;
import static io.buildkitefleet.testing.BadStack.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.report.text.PlanText;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.Stacks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

class LocationChecksTest {
    private static final Stacks MINIMAL = Stacks.minimal();

    @ParameterizedTest
    @MethodSource("zones")
    void aZoneElsewhereIsRefused(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> zones() {
        return Stream.of(
                at("zones", "[us-west1-a, us-east1-b]", "must be a zone of us-west1, got us-east1-b")
                        .below("[1]"),
                at("pools.big.zones", "[us-west10-a]", "a zone of the cluster (any of us-west1), got us-west10-a")
                        .below("[0]"),
                of(
                        "a pool's zone outside the cluster",
                        MINIMAL.with("zones", "[us-west1-a, us-west1-b]").with("pools.big.zones", "[us-west1-c]"),
                        "pools.big.zones[0]",
                        "must be a zone of the cluster (us-west1-a, us-west1-b), got us-west1-c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "us-west11 | got \"us-west11\"; did you mean 'us-west1'?",
                "asia-northwest9 | got \"asia-northwest9\"; known are asia-east1, asia-east2",
                "europe-moon1 | got \"europe-moon1\"; known are europe-central2, europe-north1, europe-north2,",
                "mars-polar1 | got \"mars-polar1\"; known are africa-south1, asia-east1,"
            })
    void aRegionThatNobodyKnowsIsAWarningWithTheNearestOnes(String region, String said) {
        assertThat(warnings(MINIMAL.with("region", region))).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("buildkite-fleet:fleet.region");
            assertThat(warning.message())
                    .startsWith("is not a region that the fleet knows, " + said)
                    .endsWith("; the list is of 2026-07-30, see "
                            + "https://cloud.google.com/compute/docs/regions-zones");
        });
    }

    @ParameterizedTest
    @CsvSource({"us-west1, ''", "us-west1-a, ''", "us-west11, us-west11", "us-west11-a, us-west11"})
    void clustersOfOthersAreInARegionToo(String location, String unknown) {
        var stack = MINIMAL.with("queues.big.can", "[kubectl]")
                .with("queues.big.clusters", "[{project: acme-apps, location: " + location + ", name: apps}]");

        assertThat(warnings(stack)).hasSize(unknown.isEmpty() ? 0 : 1).allSatisfy(warning -> {
            assertThat(warning.path()).isEqualTo("buildkite-fleet:fleet.queues.big.clusters[0].location");
            assertThat(warning.message()).contains("got \"" + unknown + "\"; did you mean 'us-west1'?");
        });
    }

    @Test
    void artifactsAreNotKeptInAZone() {
        at(
                        "artifacts",
                        "{location: us-west1-a}",
                        "must be a region, a dual-region",
                        "got the zone \"us-west1-a\"; use us-west1")
                .below("location")
                .isReportedOnce();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "us-west9 | known are us-central1, us-east1,",
                "usa | did you mean 'us'?",
                "NAM5 | did you mean 'nam4'?",
                "MARS | known are asia, asia1, eu, eur4, eur5, eur7, eur8, nam4, us, and regions such as us-west1",
                "mars-polar1 | known are africa-south1, asia, asia-east1,"
            })
    void aPlaceOfArtifactsThatNobodyKnowsIsAWarning(String location, String nearest) {
        assertThat(warnings(MINIMAL.with("artifacts.location", location)))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo("buildkite-fleet:fleet.artifacts.location");
                    assertThat(warning.message())
                            .startsWith("is not a location of Cloud Storage that the fleet knows, got \"" + location
                                    + "\"; " + nearest)
                            .endsWith("see https://docs.cloud.google.com/storage/docs/locations");
                });
    }

    @Test
    void aPlaceOfArtifactsWhereNobodyKnowsOfKeysIsAWarning() {
        assertThat(warnings(MINIMAL.with("artifacts.location", "EUR8")))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.path()).isEqualTo("buildkite-fleet:fleet.artifacts.location");
                    assertThat(warning.message())
                            .startsWith(
                                    "is where the bucket's key is made as well, got \"EUR8\", and whether Cloud KMS is "
                                            + "there is not known to the fleet; known are asia, asia1,")
                            .endsWith("see https://docs.cloud.google.com/kms/docs/locations");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "eu", "NAM4", "EUROPE-WEST4", "us-west1"})
    void artifactsAreKeptInOneRegionOrInMore(String location) {
        assertThat(warnings(MINIMAL.with("artifacts.location", location))).isEmpty();
    }

    @Test
    void artifactsInTheRegionOfTheFleetAreNotDoubtedToo() {
        assertThat(warnings(MINIMAL.with("region", "us-west9").with("artifacts.location", "us-west9")))
                .extracting(Problem::path)
                .containsExactly("buildkite-fleet:fleet.region");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "uss | did you mean 'us'?",
                "eu | known are asia, europe, us, and regions such as us-west1",
                "us-west9 | known are us-central1, us-east1,"
            })
    void aPlaceOfTheMirrorThatNobodyKnowsIsAWarning(String location, String nearest) {
        assertThat(warnings(mirrorIn(location))).singleElement().satisfies(warning -> {
            assertThat(warning.path()).isEqualTo("buildkite-fleet:fleet.registryMirror");
            assertThat(warning.message())
                    .startsWith("is not in a location of Artifact Registry that the fleet knows, got \"" + location
                            + "\"; " + nearest)
                    .endsWith("see https://docs.cloud.google.com/artifact-registry/docs/repositories/repo-locations");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"us", "europe", "asia", "europe-west4"})
    void aMirrorIsInOneRegionOrInMore(String location) {
        assertThat(warnings(mirrorIn(location))).isEmpty();
    }

    private static Stacks mirrorIn(String location) {
        return MINIMAL.with("registryMirror", location + "-docker.pkg.dev/acme-supplies/mirror");
    }

    @ParameterizedTest
    @CsvSource({"us-east1, us-east1-b", "us-central1, us-central1-f", "us-south1, us-south1-ai1b"})
    void zonesAreNamedAsGoogleNamesThem(String region, String zone) {
        assertThat(warnings(MINIMAL.with("region", region).with("zones", "[" + zone + "]")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zones", "pools.big.zones"})
    void aZoneThatNobodyKnowsIsAWarningWithThoseOfItsRegion(String key) {
        assertThat(warnings(MINIMAL.with("region", "us-east1").with(key, "[us-east1-a]")))
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("is not a zone that the fleet knows, got us-east1-a; "
                        + "known in us-east1 are us-east1-b, us-east1-c, us-east1-d; ");
    }

    @Test
    void aZoneIsToldOnceWhereClusterAndPoolNameIt() {
        var stack = MINIMAL.with("zones", "[us-west1-f]").with("pools.big.zones", "[us-west1-f]");

        assertThat(warnings(stack)).extracting(Problem::path).containsExactly("buildkite-fleet:fleet.zones[0]");
    }

    @Test
    void zonesOfARegionThatNobodyKnowsAreNotDoubtedToo() {
        assertThat(warnings(MINIMAL.with("region", "us-west9").with("zones", "[us-west9-z]")))
                .extracting(Problem::path)
                .containsExactly("buildkite-fleet:fleet.region");
    }

    @Test
    void aPreviewShowsWarningsAndThePlan(@TempDir Path directory) {
        StackPreview preview = PreviewedStacks.of(MINIMAL.with("region", "us-west11"), directory);

        assertThat(preview.plan().warnings())
                .singleElement()
                .asString()
                .startsWith("buildkite-fleet:fleet.region: is not a region that the fleet knows, got \"us-west11\"");
        assertThat(PlanText.of(preview, Ansi.OFF).toString())
                .contains("big-nodes", "warning: buildkite-fleet:fleet.region: is not a region");
    }

    private static List<Problem> warnings(Stacks stack) {
        return FleetResolver.resolve(stack).warnings();
    }
}
