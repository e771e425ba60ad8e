package io.buildkitefleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.config.DockerConfig;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.Pipeline;
import io.buildkitefleet.fleet.identity.JobTokens;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.Stacks;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetTest {
    private final Fleet full = FleetResolver.resolve(Stacks.full());

    @Test
    void namesBeginWithTheFleets() {
        assertThat(full.clusterName()).isEqualTo("ci");
        assertThat(full.names().nodeAccount()).isEqualTo("ci-node");
        assertThat(full.names().imageRepository()).isEqualTo("ci-images");
        assertThat(full.names().artifactBucket()).isEqualTo("acme-ci-full-ci-artifacts");
        assertThat(full.workloadPool()).isEqualTo("acme-ci-full.svc.id.goog");
    }

    @ParameterizedTest
    @CsvSource({
        "us-west1, us-west1",
        "US-EAST1, us-east1 us-west1",
        "US, us us-west1",
        "EU, europe us-west1",
        "nam4, nam4 us-west1"
    })
    void keysOfBucketsAreWhereTheBucketsAre(String artifacts, String keys) {
        var fleet = FleetResolver.resolve(Stacks.full().with("artifacts.location", artifacts));
        assertThat(String.join(" ", fleet.bucketKeyLocations())).isEqualTo(keys);
    }

    @Test
    void noKeyIsWhereNoBucketIs() {
        var fleet =
                FleetResolver.resolve(Stacks.minimal().withSecret("agentToken").with("artifacts.location", "US"));
        assertThat(fleet.bucketKeyLocations()).containsExactly("us");
    }

    @ParameterizedTest
    @CsvSource({
        "agentToken, ci-agent-token",
        "untrustedAgentToken, ci-untrusted-agent-token",
        "npm_TOKEN2, ci-npm_token2",
        "s3Key, ci-s3-key"
    })
    void secretsAreNamedAfterTheirKeys(String key, String secret) {
        assertThat(full.names().secretId(key)).isEqualTo(secret);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | us-west1 | false",
                "[us-west1-b] | us-west1-b | true",
                "[us-west1-a, us-west1-b] | us-west1 | false"
            })
    void oneZoneMakesTheClusterZonal(String zones, String location, boolean zonal) {
        var fleet = FleetResolver.resolve(Stacks.minimal().with("zones", zones));

        assertThat(fleet.location()).isEqualTo(location);
        assertThat(fleet.isZonal()).isEqualTo(zonal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "region | us-east1",
                "zones | [us-west1-b]",
                "name | ci",
                "network.controlPlane | 172.16.1.0/28",
                "network.pods | 10.36.0.0/14",
                "network.services | 10.40.0.0/20"
            })
    void aClusterInItsPlaceIsAnotherIncarnation(String path, String value) {
        assertThat(FleetResolver.resolve(Stacks.minimal().with(path, value)).clusterIncarnation())
                .isNotEqualTo(FleetResolver.resolve(Stacks.minimal()).clusterIncarnation());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "organization | other",
                "labels | {owner: ci}",
                "protect | false",
                "zones | [us-west1-a, us-west1-b]",
                "network.nodes | 10.0.0.0/19",
                "network.natAddresses | 2",
                "cluster.privateEndpoint | true",
                "cluster.releaseChannel | stable",
                "cluster.version | '\"1.35\"'",
                "cluster.securityGroup | gke-security-groups@acme.example",
                "pools.big.machineType | n1-standard-4"
            })
    void aClusterThatIsChangedInPlaceIsTheSameIncarnation(String path, String value) {
        assertThat(FleetResolver.resolve(Stacks.minimal().with(path, value)).clusterIncarnation())
                .isEqualTo(FleetResolver.resolve(Stacks.minimal()).clusterIncarnation());
    }

    @Test
    void anotherProjectsClusterIsAnotherIncarnation() {
        var other = FleetResolver.resolve(Stacks.minimal().withKey(Stacks.PROJECT, "acme-ci-other"));

        assertThat(other.clusterIncarnation())
                .startsWith("bk-dev-")
                .isNotEqualTo(FleetResolver.resolve(Stacks.minimal()).clusterIncarnation());
    }

    @Test
    void theSystemPoolComesFirst() {
        assertThat(full.nodePools())
                .extracting(Pool::name)
                .containsExactly("system", "big", "stable", "sandbox", "gpu", "uploads");
        assertThat(full.nodePools())
                .filteredOn(Pool::isSystem)
                .containsExactly(full.systemPool().orElseThrow());
    }

    @Test
    void theNameOfAQueueIsItsTagItsNamespaceAndItsRelease() {
        var big = queue("big");

        assertThat(big.tags()).containsExactly("queue=big", "os=linux", "docker=true");
        assertThat(big.namespace()).isEqualTo("buildkite-big");
        assertThat(big.release()).isEqualTo("big-agent-stack-k8s");
        assertThat(big.artifactPrefix()).isEqualTo("big/");
        assertThat(big.account()).contains("ci-big");
        assertThat(big.agentToken()).isEqualTo("agentToken");
    }

    @Test
    void anUntrustedQueueHasNoIdentityAndATokenOfItsOwn() {
        var untrusted = queue("untrusted");

        assertThat(untrusted.isTrusted()).isFalse();
        assertThat(untrusted.account()).isEmpty();
        assertThat(untrusted.agentToken()).isEqualTo("untrustedAgentToken");
        assertThat(full.trustedQueues())
                .extracting(Queue::name)
                .containsExactly("big", "small", "deploy", "images", "gpu", "upload");
    }

    @Test
    void whatAQueueCanIsWhatItWasGiven() {
        assertThat(Capability.values())
                .filteredOn(queue("deploy")::can)
                .containsExactly(Capability.KUBECTL, Capability.HELM);
        assertThat(queue("deploy").docker()).isEmpty();
        assertThat(queue("big").docker()).contains(new DockerConfig(DockerMode.DAEMON, true));
    }

    @Test
    void imagesAreBuiltInTheUsualWayWhereNothingElseIsSaid() {
        var fleet = FleetResolver.resolve(Stacks.minimal().with("queues.big.can", "[docker]"));

        assertThat(fleet.queues().get(0).docker()).contains(DockerConfig.DEFAULT);
    }

    @Test
    void aQueueThatIsDebuggedTakesNoPodSpecsAndItsNamespaceAdmitsTracing() {
        assertThat(queue("small").isDebuggable()).isTrue();
        assertThat(queue("small").needsPrivilegedNamespace()).isTrue();
        assertThat(queue("gpu").isDebuggable()).isFalse();
        assertThat(queue("gpu").needsPrivilegedNamespace()).isFalse();
    }

    @Test
    void mirrorsAreKeptForTrustedJobsOutsideOfSandboxesUnlessRefused() {
        var nodes = FleetResolver.resolve(Stacks.minimal()).queues();
        assertThat(nodes)
                .extracting(Queue::gitMirror)
                .containsExactly(Optional.of(new Mirror.OnNode("/var/lib/buildkite-fleet/git-mirrors/big")));
        var sandboxed = Stacks.minimal().with("pools.big.sandbox", "gvisor");
        assertThat(FleetResolver.resolve(sandboxed).queues())
                .allMatch(queue -> queue.gitMirror().isEmpty());
        var refused = Stacks.minimal().with("checkout.gitMirror", "none");
        assertThat(FleetResolver.resolve(refused).queues())
                .allMatch(queue -> queue.gitMirror().isEmpty());
    }

    @Test
    void mirrorsOnDisksAreInTheZoneOfTheQueuesNodesAndUntrustedQueuesHaveNone() {
        assertThat(queue("big").gitMirror()).contains(new Mirror.OnDisk("us-west1-a"));
        assertThat(queue("deploy").gitMirror()).contains(new Mirror.OnDisk("us-west1-b"));
        assertThat(queue("untrusted").gitMirror()).isEmpty();
    }

    @Test
    void aNamespaceThatTwoQueuesDeployToIsMadeOnce() {
        var stack =
                Stacks.full().with("queues.small.can", "[kubectl]").with("queues.small.namespaces", "[tools, apps]");

        assertThat(FleetResolver.resolve(stack).deployNamespaces()).containsExactly("apps", "previews", "tools");
    }

    @Test
    void theMacHasAnAccountAndAPrefixOfItsOwn() {
        assertThat(full.mac())
                .contains(new Mac(
                        "ci-macos",
                        new JobTokens(
                                "bb3125de-4dc9-44cf-ad18-65d2b71a5a34",
                                "macos",
                                List.of(new Pipeline("app"), new Pipeline("0184990a-4782-42b5-afc1-16715b10b8ff")),
                                List.of("main", "release/2.x")),
                        List.of("group:mac-owners@example.com", "user:jane@example.com")));
        assertThat(full.mac().map(Mac::artifactPrefix)).contains("macos/");
        assertThat(List.of("agentToken", "deployKey", "npmToken", "untrustedAgentToken"))
                .filteredOn(key -> !full.macReaders(key).isEmpty())
                .containsExactly("agentToken", "deployKey");
    }

    @Test
    void theSummaryOfAQueueSaysWhatAJobGets() {
        assertThat(QueueSummary.of(queue("gpu")).asMap())
                .hasToString("{queue=gpu, tags=[queue=gpu, cuda=12], trust=trusted, can=[], pool=gpu, "
                        + "machineType=n1-standard-8, capacity=spot, fallback=on-demand, minNodes=0, maxNodes=2, "
                        + "cpu=3600m, memory=12397Mi, gpus=1, jobsPerNode=2, maxInFlight=2, signedSteps=true}");
        assertThat(QueueSummary.of(queue("upload")).asMap())
                .containsEntry("signs", true)
                .doesNotContainKey("signedSteps");
        assertThat(QueueSummary.of(queue("deploy")).asMap().get("onlyFor"))
                .isEqualTo(
                        List.of("main", "release/*", "pipeline app", "pipeline d18439cc-df59-45b0-97cc-98d7fb69d983"));
        assertThat(QueueSummary.of(queue("deploy")).capacity()).isEqualTo("on-demand");
        assertThat(QueueSummary.of(queue("deploy")).fallback()).isEqualTo("none");
        assertThat(QueueSummary.of(queue("deploy")).can()).containsExactly("kubectl", "helm");
    }

    @Test
    void theSummaryOfAQueueNamesWhatItCanInOneOrder() {
        var fleet = FleetResolver.resolve(Stacks.full().with("queues.deploy.can", "[helm, docker, kubectl]"));

        assertThat(fleet.queues().stream().filter(queue -> queue.name().equals("deploy")))
                .extracting(queue -> QueueSummary.of(queue).can())
                .containsExactly(List.of("docker", "kubectl", "helm"));
    }

    @Test
    void mistakesOfEveryPartAreToldAtOnce() {
        var stack = Stacks.full()
                .with("pools.big.min", "30")
                .with("queues.untrusted.can", "[docker]")
                .with("network.services", "10.16.0.0/20")
                .with("mac.queue", "big");

        assertThatThrownBy(() -> FleetResolver.resolve(stack))
                .isInstanceOfSatisfying(ConfigException.class, wrong -> assertThat(wrong.problems())
                        .extracting(problem -> problem.path().substring(Stacks.FLEET.length() + 1))
                        .containsExactly("mac.queue", "network.services", "pools.big.min", "queues.untrusted.can"));
    }

    private Queue queue(String name) {
        return full.queues().stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
