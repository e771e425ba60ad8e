package io.buildkitefleet.fleet;

import static io.buildkitefleet.testing.BadStack.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who shares which cache, and what is refused. */
class CachesTest {
    private static final Stacks CACHES = Stacks.minimal()
            .with("queues.light", "{pool: big}")
            .with("pools.sandbox", "{machineType: e2-standard-4, sandbox: gvisor, max: 2}")
            .with("queues.forks", "{pool: sandbox, trust: untrusted}")
            .withSecret("untrustedAgentToken")
            .with("caches", "{bazel: {}, go: {queues: [light]}}");

    @Test
    void everyTrustedQueueSharesACacheUnlessQueuesAreNamed() {
        var servers = FleetResolver.resolve(CACHES).caches().orElseThrow().servers();

        assertThat(servers).extracting(CacheServer::kind).containsExactly(CacheServer.Kind.BAZEL, CacheServer.Kind.GO);
        assertThat(servers.get(0).queues()).containsExactly("big", "light");
        assertThat(servers.get(1).queues()).containsExactly("light");
        assertThat(servers.get(1).namespaces()).containsExactly("buildkite-light");
    }

    @Test
    void anUntrustedQueueHasNoCache() {
        var fleet = FleetResolver.resolve(CACHES);
        var forks = fleet.queues().stream().filter(queue -> !queue.isTrusted()).findFirst();

        assertThat(forks.map(fleet::cacheServers))
                .hasValueSatisfying(servers -> assertThat(servers).isEmpty());
    }

    @Test
    void eachServerHasABucketAnIdentityAndAnAddressOfItsOwn() {
        var bazel =
                FleetResolver.resolve(CACHES).caches().orElseThrow().servers().get(0);

        assertThat(bazel.bucket()).isEqualTo("acme-ci-dev-bk-dev-cache-bazel");
        assertThat(bazel.account()).isEqualTo("bk-dev-cache-bazel");
        assertThat(bazel.address()).isEqualTo("bazel.buildkite-caches.svc.cluster.local:9092");
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatDoesNotHoldTogetherIsReported(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> bad() {
        return Stream.of(
                of(
                        "unknown",
                        CACHES.with("caches.go.queues", "[lite]"),
                        "caches.go.queues[0]",
                        "is not a queue",
                        "light"),
                of(
                        "untrusted",
                        CACHES.with("caches.go.queues", "[light, forks]"),
                        "caches.go.queues[1]",
                        "poison",
                        "got forks"),
                of(
                        "the caches' namespace",
                        CACHES.with("queues.caches", "{pool: big}"),
                        "queues.caches",
                        "the namespace buildkite-caches is that of the caches"),
                of(
                        "the cache's account",
                        CACHES.with("queues.cache-go", "{pool: big}"),
                        "queues.cache-go",
                        "the identity of the cache go is named so"),
                of(
                        "the cache's account on a mac",
                        CACHES.withMac().with("mac.queue", "cache-bazel"),
                        "mac.queue",
                        "the identity of the cache bazel is named so"),
                of(
                        "a long name",
                        CACHES.with("name", "n".repeat(19)),
                        "caches.bazel",
                        "Google service account would be",
                        "set a shorter name"));
    }
}
