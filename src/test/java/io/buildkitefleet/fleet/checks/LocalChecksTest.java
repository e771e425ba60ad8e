package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.of;
import static io.buildkitefleet.testing.BadStack.ofKey;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What may stand beside the key {@code local}, and what may not. */
class LocalChecksTest {
    private static final Stacks LOCAL = Stacks.local();

    @ParameterizedTest
    @MethodSource({"refused", "impossible"})
    void whatALocalFleetCannotHaveIsReportedWithTheReason(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> refused() {
        return Stream.of(
                beside("name", "bk", "has nothing in Google Cloud to name"),
                beside("region", "us-west1", "has no region"),
                beside("zones", "[us-west1-a]", "has no zones"),
                beside("protect", "false", "has nothing that is protected"),
                beside("labels", "{owner: platform}", "has nothing in Google Cloud to label"),
                beside("network", "{natAddresses: 2}", "has no network of its own"),
                beside("cluster", "{dnsEndpoint: true}", "makes no cluster"),
                beside("pools", "{big: {machineType: n1-standard-8, max: 4}}", "has no pools"),
                beside("namespaces", "{apps: {}}", "has no namespaces"),
                beside("artifacts", "{keepDays: 3}", "Buildkite keeps its artifacts"),
                beside("caches", "{keepDays: 3}", "has no build caches"),
                beside("mac", "{pipelines: [app]}", "has no identities for a mac"),
                beside("load", "{hoursADay: 8}", "costs nothing"),
                beside("usage", "{natGib: 1}", "costs nothing"),
                beside("queues.local.pool", "big", "has no pools"),
                beside("queues.local.jobsPerNode", "2", "knows nothing of its nodes"),
                beside("queues.local.namespaces", "[apps]", "has no namespaces"),
                beside("queues.local.variablesKey", "1", "use secrets"),
                beside("queues.local.debuggers", "['user:jane@example.com']", "has no members of Google's"));
    }

    private static BadStack beside(String path, String yaml, String reason) {
        return of(path, LOCAL.with(path, yaml), path, "must be left out: a local fleet", reason);
    }

    static Stream<BadStack> impossible() {
        return Stream.of(
                of(
                        "untrusted",
                        LOCAL.with("queues.local.trust", "untrusted").withSecret("untrustedAgentToken"),
                        "queues.local.trust",
                        "must be trusted",
                        "no border"),
                of("kubectl", LOCAL.with("queues.local.can", "[kubectl]"), "queues.local.can", "[docker] or left out"),
                of("disk", LOCAL.with("checkout.gitMirror", "disk"), "checkout.gitMirror", "must be node or none"),
                of(
                        "registry",
                        LOCAL.with("registryMirror", "us-docker.pkg.dev/acme-ci/mirror"),
                        "registryMirror",
                        "must not be in Artifact Registry"),
                of("cpu", LOCAL.with("queues.local.cpu", "10m"), "queues.local.cpu", "must be at least"),
                of("nothing", LOCAL.with("queues", "{}"), "queues", "is empty"),
                of("no name", LOCAL.with("local", "{}"), "local.context", "is missing"),
                of("null", LOCAL.with("local", "null"), "local", "has nothing behind it", "{context: kind-fleet}"),
                of("blanks", LOCAL.with("local.context", "my cluster"), "local.context", "the name of a context"),
                ofKey(
                        "project",
                        LOCAL.withKey("gcp:project", "acme-ci"),
                        "gcp:project",
                        "must be left out",
                        "pulumi config rm gcp:project --stack local"));
    }

    @Test
    void allThatIsOfGoogleIsNamedAtOnce() {
        var stack = Stacks.minimal().with("local", "{context: kind-fleet}");

        assertThat(problems(stack))
                .extracting(Problem::path)
                .containsExactly(
                        "buildkite-fleet:fleet.cluster",
                        "buildkite-fleet:fleet.pools",
                        "buildkite-fleet:fleet.queues.big.pool",
                        "buildkite-fleet:fleet.region",
                        "gcp:project");
    }

    /** A context has no default, so that braces would not do. */
    @Test
    void withARegionAnEmptyLocalIsLeftOver() {
        assertThat(problems(Stacks.minimal().with("local", "null")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).isEqualTo("buildkite-fleet:fleet.local");
                    assertThat(problem.message())
                            .isEqualTo(
                                    "has nothing behind it; leave it out, as the fleet has a region of Google Cloud");
                });
    }

    @Test
    void whatIsOfGoogleInASharedFileIsTakenAwayWithNothing() {
        var stack = LOCAL.with("region", "null").with("pools", "null").with("cluster", "null");

        assertThat(problems(stack)).isEmpty();
    }

    @Test
    void withoutItPoolsAndRegionAreMissed() {
        assertThat(problems(LOCAL.without("local")))
                .extracting(Problem::path)
                .contains(
                        "buildkite-fleet:fleet.region",
                        "buildkite-fleet:fleet.pools",
                        "buildkite-fleet:fleet.queues.local.pool",
                        "gcp:project");
    }

    @ParameterizedTest
    @CsvSource({
        "gke_acme-ci_us-west1_bk-dev, 1",
        "arn:aws:eks:us-west-2:123456789012:cluster/ci, 1",
        "ci-aks, 1",
        "kind-fleet, 0",
        "docker-desktop, 0"
    })
    void aClusterOfACloudIsTakenAndSaid(String context, int warnings) {
        var fleet = FleetResolver.resolve(LOCAL.with("local.context", context));

        assertThat(fleet.warnings()).hasSize(warnings);
    }
}
