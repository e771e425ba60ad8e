package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.gson.JsonElement;
import io.buildkitefleet.fleet.CacheServer;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The caches: who writes, who reads, and who is told where they are. */
@ExtendWith(PreviewedStacks.Extension.class)
class CachesPlanTest {
    private static final String GRANT = "gcp:storage/bucketIAMMember:BucketIAMMember";
    private static final String POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

    static Stream<StackPreview> stacksWithCaches(PreviewedStacks previews) {
        return Stream.of(previews.prod(), previews.full());
    }

    @Test
    void aStackWithoutCachesHasNoneOfThis(PreviewedStacks previews) {
        assertThat(previews.dev().plan().registrations())
                .noneMatch(registration -> registration.name().contains("cache"))
                .noneMatch(registration ->
                        Inputs.at(registration, "data", "GOPROXY").isPresent());
    }

    @ParameterizedTest
    @MethodSource("stacksWithCaches")
    void aQueueReadsAndWritesNoPrefixButItsOwn(StackPreview stack) {
        var caches = stack.fleet().caches().orElseThrow();
        var grants = grants(stack, caches.bucket());
        var users = stack.fleet().trustedQueues().stream()
                .filter(queue -> !queue.signs())
                .toList();
        assertThat(grants).hasSameSizeAs(users);
        for (var queue : users) {
            assertThat(grants)
                    .filteredOn(grant -> Inputs.text(grant, "member")
                            .startsWith("serviceAccount:" + queue.account().orElseThrow() + "@"))
                    .singleElement()
                    .satisfies(grant -> {
                        assertThat(Inputs.text(grant, "role")).isEqualTo("roles/storage.objectUser");
                        assertThat(Inputs.text(grant, "condition", "expression"))
                                .isEqualTo("resource.name.startsWith(\"projects/_/buckets/" + caches.bucket()
                                        + "/objects/" + queue.name() + "/\")");
                    });
        }
    }

    @Test
    void theQueueThatSignsHasNoCache(PreviewedStacks previews) {
        var full = previews.full();
        var upload =
                full.fleet().queues().stream().filter(Queue::signs).findFirst().orElseThrow();

        assertThat(environment(full, upload)).doesNotContain("FLEET_CACHE", "FLEET_BAZEL_CACHE", "GOPROXY");
        assertThat(full.plan().registrations())
                .noneMatch(registration -> registration.name().startsWith("caches-upload"));
    }

    @ParameterizedTest
    @MethodSource("stacksWithCaches")
    void onlyItsServerUsesTheBucketOfAServer(StackPreview stack) {
        for (var server : stack.fleet().caches().orElseThrow().servers()) {
            assertThat(grants(stack, server.bucket())).isNotEmpty().allMatch(grant -> Inputs.text(grant, "member")
                    .startsWith("serviceAccount:" + server.account() + "@"));
        }
    }

    @Test
    void aModuleThatWasKeptOnceIsNeverReplaced(PreviewedStacks previews) {
        assertThat(grants(previews.prod(), "acme-ci-prod-bk-prod-cache-go"))
                .extracting(grant -> Inputs.text(grant, "role"))
                .containsExactlyInAnyOrder(
                        "roles/storage.objectViewer",
                        "roles/storage.objectCreator",
                        "roles/storage.legacyBucketReader");
    }

    @ParameterizedTest
    @MethodSource("stacksWithCaches")
    void onlyJobsOfTheQueuesThatShareAServerReachIt(StackPreview stack) {
        for (var server : stack.fleet().caches().orElseThrow().servers()) {
            var policy = stack.plan()
                    .find(POLICY, "cache-servers-" + server.kind().id() + "-network")
                    .orElseThrow();
            assertThat(Inputs.items(policy.inputs(), "spec", "ingress"))
                    .singleElement()
                    .satisfies(rule -> {
                        assertThat(Inputs.items(rule, "from")).singleElement().satisfies(peer -> {
                            var names = Inputs.items(peer, "namespaceSelector", "matchExpressions", 0, "values");
                            assertThat(names)
                                    .extracting(JsonElement::getAsString)
                                    .containsExactlyElementsOf(server.namespaces());
                            assertThat(Inputs.at(peer, "podSelector", "matchLabels", "buildkite-fleet/role"))
                                    .hasValueSatisfying(role ->
                                            assertThat(role.getAsString()).isEqualTo("job"));
                        });
                        assertThat(Inputs.items(rule, "ports")).hasSize(1);
                    });
            assertThat(stack.fleet().queues())
                    .filteredOn(queue -> !queue.isTrusted())
                    .extracting(Queue::namespace)
                    .noneMatch(server.namespaces()::contains);
        }
    }

    @ParameterizedTest
    @MethodSource("stacksWithCaches")
    void aJobIsToldOfACacheExactlyIfItMayReachIt(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            for (var server : stack.fleet().caches().orElseThrow().servers()) {
                var shares = server.queues().contains(queue.name());
                assertThat(environment(stack, queue).contains(server.address()))
                        .as("address of %s for queue %s", server.kind(), queue.name())
                        .isEqualTo(shares);
                assertThat(jobsPolicy(stack, queue)
                                .contains("\"buildkite-fleet/cache\":\""
                                        + server.kind().id()))
                        .as("way of queue %s to %s", queue.name(), server.kind())
                        .isEqualTo(shares);
            }
        }
    }

    @Test
    void untrustedJobsAreToldOfNoCacheAndReachNone(PreviewedStacks previews) {
        var full = previews.full();
        var untrusted = full.fleet().queues().stream()
                .filter(queue -> !queue.isTrusted())
                .findFirst()
                .orElseThrow();
        assertThat(environment(full, untrusted)).doesNotContain("cache", "GOPROXY");
        assertThat(jobsPolicy(full, untrusted)).doesNotContain("cache");
    }

    @Test
    void aProxyThatIsAwayBreaksNoJobAndTheChecksumsAreStillAsked(PreviewedStacks previews) {
        var prod = previews.prod();
        var environment = environment(prod, prod.fleet().queues().get(0));
        assertThat(environment)
                .contains("\"GOPROXY\":\"http://go.buildkite-caches.svc.cluster.local:3000"
                        + "|https://proxy.golang.org|direct\"")
                .doesNotContain("GONOSUMDB", "GONOSUMCHECK", "GOSUMDB", "GOFLAGS", "GOINSECURE");
    }

    @ParameterizedTest
    @MethodSource("stacksWithCaches")
    void theServersRunOnSystemNodesWithAllThatTheModelCounts(StackPreview stack) {
        for (var server : stack.fleet().caches().orElseThrow().servers()) {
            var pod = pod(stack, server);
            assertThat(text(pod, "nodeSelector", "buildkite-fleet/pool")).isEqualTo("system");
            assertThat(Inputs.items(pod, "containers")).singleElement().satisfies(container -> {
                assertThat(text(container, "resources", "requests", "cpu"))
                        .isEqualTo(CacheServer.RESOURCES.cpu().toString());
                assertThat(text(container, "resources", "requests", "memory"))
                        .isEqualTo(CacheServer.RESOURCES.memory().toString())
                        .isEqualTo(text(container, "resources", "limits", "memory"));
                assertThat(text(container, "image")).matches(".+:v\\d+\\.\\d+\\.\\d+");
                assertThat(Inputs.at(container, "readinessProbe")).isPresent();
                assertThat(Inputs.at(container, "livenessProbe")).isPresent();
                assertThat(text(container, "securityContext", "readOnlyRootFilesystem"))
                        .isEqualTo("true");
            });
            assertThat(text(
                            pod,
                            "volumes",
                            0,
                            "ephemeral",
                            "volumeClaimTemplate",
                            "spec",
                            "resources",
                            "requests",
                            "storage"))
                    .isEqualTo(server.sizeGb() + "Gi");
        }
    }

    @ParameterizedTest
    @MethodSource("stacksWithCaches")
    void theDisksOfTheServersHaveTheFleetsOwnKey(StackPreview stack) {
        var disks = stack.plan()
                .find("kubernetes:storage.k8s.io/v1:StorageClass", "cache-servers-disks")
                .orElseThrow();
        assertThat(disks.propertyDependencies().get("parameters"))
                .singleElement(as(STRING))
                .endsWith("::keys-disks-use");
        for (var server : stack.fleet().caches().orElseThrow().servers()) {
            var claim = Inputs.at(pod(stack, server), "volumes", 0, "ephemeral", "volumeClaimTemplate", "spec");
            assertThat(text(claim.orElseThrow(), "storageClassName"))
                    .isEqualTo(text(disks.inputs(), "metadata", "name"));
        }
    }

    @Test
    void theDiskOfBazelsCacheIsNeverFull(PreviewedStacks previews) {
        var prod = previews.prod();
        var server = prod.fleet().caches().orElseThrow().servers().get(0);
        assertThat(pod(prod, server).toString()).contains("--max_size=85").contains("--profile_address=none");
    }

    private static List<Registration> grants(StackPreview stack, String bucket) {
        return stack.plan().ofType(GRANT).stream()
                .filter(grant -> Inputs.text(grant, "bucket").equals(bucket))
                .toList();
    }

    private static String environment(StackPreview stack, Queue queue) {
        return stack.plan()
                .find("kubernetes:core/v1:ConfigMap", "queue-" + queue.name() + "-environment")
                .orElseThrow()
                .inputs()
                .toString();
    }

    private static String jobsPolicy(StackPreview stack, Queue queue) {
        return stack.plan()
                .find(POLICY, "queue-" + queue.name() + "-namespace-jobs")
                .orElseThrow()
                .inputs()
                .toString();
    }

    private static JsonElement pod(StackPreview stack, CacheServer server) {
        return stack.plan()
                .find(
                        "kubernetes:apps/v1:Deployment",
                        "cache-servers-" + server.kind().id() + "-deployment")
                .flatMap(deployment -> Inputs.at(deployment, "spec", "template", "spec"))
                .orElseThrow();
    }

    private static String text(JsonElement value, Object... steps) {
        return Inputs.at(value, steps).orElseThrow().getAsString();
    }
}
