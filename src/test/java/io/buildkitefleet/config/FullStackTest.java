package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.Cidr;
import io.buildkitefleet.config.value.Cpu;
import io.buildkitefleet.config.value.DiskType;
import io.buildkitefleet.config.value.DockerMode;
import io.buildkitefleet.config.value.Fallback;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.config.value.HostKey;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.config.value.Pipeline;
import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.config.value.ReleaseChannel;
import io.buildkitefleet.config.value.Repository;
import io.buildkitefleet.config.value.Sandbox;
import io.buildkitefleet.config.value.Trust;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.signing.JsonWebKey;
import io.buildkitefleet.testing.RecordValues;
import io.buildkitefleet.testing.StackValue;
import io.buildkitefleet.testing.Stacks;
import io.buildkitefleet.testing.TestKeys;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FullStackTest {
    /** Whatever may be left out is, in an object of each kind. */
    private static final Stacks WITH_DEFAULTS = Stacks.minimal()
            .with("organization", "initech")
            .with("region", "us-east1")
            .with("pools.big.accelerator", "{type: nvidia-tesla-p4}")
            .with("queues.big.docker", "{}")
            .with("checkout.mirrorDisk", "{repositories: [], image: \"git:1\"}")
            .with("namespaces", "{apps: {}}")
            .with("caches", "{bazel: {}, go: {}}")
            .with("mac", "{pipelines: [app]}")
            .with("signing", "{queues: [], publicKeys: [" + TestKeys.publicKey() + "]}");

    private final FleetConfig config = FleetResolver.resolve(Stacks.full()).config();

    /**
     * A file beside it would be needed, which a test that takes the stack elsewhere lacks: {@link ExtendedFleetTest}.
     * And what is local has no pools nor anything else of Google's: {@code LocalChecksTest}.
     */
    private static final Set<String> NOT_HERE = Set.of(ExtendedFleet.EXTENDS, "local.context");

    private static final String LOCAL = "FleetConfig.local";

    @Test
    void itHasEveryKeyThatTheReaderKnows() {
        var written = StackValue.of(Stacks.full()).stream().map(StackValue::key).collect(Collectors.toSet());

        var known = FleetConfigReader.reference().keys().stream()
                .map(KeyReference.Key::path)
                .collect(Collectors.toSet());
        assertThat(known.stream().filter(key -> !written.contains(key) && !NOT_HERE.contains(key)))
                .as("keys that nothing in src/test/resources/stacks/Pulumi.full.yaml sets; use them there")
                .isEmpty();
        assertThat(written.stream().filter(key -> !known.contains(key)))
                .as("keys of src/test/resources/stacks/Pulumi.full.yaml that nobody reads")
                .isEmpty();
    }

    /** Otherwise a value that is read into the wrong place, or not at all, would not be noticed. */
    @Test
    void everyValueOfTheFullStackDiffersFromItsDefault() {
        var values = RecordValues.of(config);
        var defaults = RecordValues.of(FleetConfigReader.read(WITH_DEFAULTS, new Problems("dev")));

        assertThat(values.components()
                        .filter(component -> !component.equals(LOCAL) && !values.hasOtherThan(component, defaults)))
                .as("components of the configuration's records that nothing in Pulumi.full.yaml sets to another value "
                        + "than the default; set them there")
                .isEmpty();
    }

    @Test
    void theFleetsOwnKeysAreRead() {
        assertThat(config.stack()).isEqualTo("full");
        assertThat(config.project()).isEqualTo("acme-ci-full");
        assertThat(config.organization()).isEqualTo("acme");
        assertThat(config.name()).isEqualTo("ci");
        assertThat(config.region()).isEqualTo("us-west1");
        assertThat(config.zones()).containsExactly("us-west1-a", "us-west1-b");
        assertThat(config.protect()).isFalse();
        assertThat(config.labels()).containsExactly(entry("owner", "platform"), entry("cost-center", "ci"));
        assertThat(config.registryMirror())
                .map(RegistryMirror::address)
                .hasValue("us-docker.pkg.dev/acme-supplies/mirror/ci");
        assertThat(config.artifacts()).isEqualTo(new ArtifactsConfig("US", 14));
        assertThat(config.checkout())
                .isEqualTo(new CheckoutConfig(
                        Optional.of("deployKey"),
                        List.of(new HostKey(
                                "[git.example.com]:2222",
                                "ssh-ed25519",
                                "AAAAC3NzaC1lZDI1NTE5AAAAIHaSw601QLuAPAILOu5mzYiHEjI06gxucUPArdc/9DHt")),
                        GitMirror.DISK,
                        Optional.of(new MirrorDiskConfig(
                                List.of("git@github.com:acme/app.git", "git@github.com:acme/infra.git"),
                                64,
                                4,
                                "us-west1-docker.pkg.dev/acme-ci-full/ci-images/agent:3.136.2@sha256:"
                                        + "fedcba9876543210".repeat(4)))));
        assertThat(config.caches())
                .contains(new CachesConfig(
                        21,
                        Optional.of(new CacheServerConfig(200, List.of("big", "small"))),
                        Optional.of(new CacheServerConfig(20, List.of("big")))));
        assertThat(config.mac())
                .contains(new MacConfig(
                        "macos",
                        List.of(new Pipeline("app"), new Pipeline("0184990a-4782-42b5-afc1-16715b10b8ff")),
                        Optional.of(List.of("main", "release/2.x")),
                        List.of("group:mac-owners@example.com", "user:jane@example.com")));
        assertThat(config.organizationId()).contains("bb3125de-4dc9-44cf-ad18-65d2b71a5a34");
    }

    @Test
    void whoSignsIsRead() {
        var signing = config.signing().orElseThrow();
        assertThat(signing.queues()).containsExactly("deploy", "gpu");
        assertThat(signing.keyId()).contains(TestKeys.ID);
        assertThat(signing.publicKeys().ids()).isEqualTo(TestKeys.ID + ", " + TestKeys.OLD_ID);
        assertThat(signing.signingKey()).contains(new JsonWebKey(TestKeys.publicKey()));
    }

    @Test
    void whoseBuildsAQueueIsForIsRead() {
        assertThat(config.queues().get("deploy").only())
                .contains(new OnlyConfig(
                        List.of("main", "release/*"), List.of("app", "d18439cc-df59-45b0-97cc-98d7fb69d983")));
    }

    @Test
    void whoseBuildsAreSafeIsRead() {
        assertThat(config.safeBuilds())
                .isEqualTo(new SafeBuildsConfig(
                        List.of(
                                new Repository("github.com", "acme/app", true),
                                new Repository("git.example.com:8443", "group/tools/lint", false),
                                new Repository("git.example.com:2222", "group/tools/lint", true)),
                        List.of("github.com/jane", "git.example.com/group/jane"),
                        List.of("build-authorized", "platform")));
    }

    @Test
    void theNetworkIsRead() {
        assertThat(config.network())
                .isEqualTo(new NetworkConfig(
                        range("10.16.0.0/20"),
                        range("10.20.0.0/14"),
                        range("10.24.0.0/20"),
                        range("172.16.0.16/28"),
                        2));
    }

    @Test
    void theClusterIsRead() {
        assertThat(config.cluster())
                .isEqualTo(new ClusterConfig(
                        List.of(
                                new ClusterConfig.AuthorizedNetwork(range("192.168.0.0/16"), "office"),
                                new ClusterConfig.AuthorizedNetwork(range("10.200.0.8/32"), "vpn")),
                        true,
                        true,
                        ReleaseChannel.EXTENDED,
                        Optional.of("1.36"),
                        new MaintenanceConfig(
                                List.of(DayOfWeek.TUESDAY, DayOfWeek.SATURDAY),
                                LocalTime.of(3, 30),
                                10,
                                List.of(
                                        freeze("year-end", "2027-12-20T00:00:00Z", "2028-01-03T00:00:00Z"),
                                        freeze("launch", "2028-03-01T00:00:00Z", "2028-03-05T12:00:00Z"))),
                        Optional.of("gke-security-groups@example.com")));
    }

    @Test
    void whatAMonthUsesIsRead() {
        assertThat(config.usage())
                .isEqualTo(
                        new UsageConfig(2000, 100, 300, 500_000, 900_000, 400, 80, 6, 200_000, 20_000, 150, 40, 300));
    }

    @Test
    void everyPoolIsRead() {
        assertThat(config.pools().keySet()).containsExactly("big", "stable", "sandbox", "gpu", "uploads");
        var big = config.pools().get("big");
        assertThat(big.machineType()).isEqualTo("n1-standard-8");
        assertThat(big.capacity()).isEqualTo(Capacity.PREEMPTIBLE);
        assertThat(big.fallback()).isEqualTo(Fallback.ON_DEMAND);
        assertThat(big.zones()).containsExactly("us-west1-a");
        assertThat(List.of(big.min(), big.max(), big.diskGb())).containsExactly(1, 20, 200);
        assertThat(big.diskType()).contains(DiskType.PD_SSD);
        assertThat(big.sandbox()).isEqualTo(Sandbox.NONE);
        assertThat(big.imageStreaming()).contains(false);
        assertThat(big.shared()).isTrue();
        assertThat(big.accelerator()).isEmpty();
        assertThat(big.load()).isEqualTo(new LoadConfig(24, 7, 80));
        assertThat(config.pools().get("stable").load()).isEqualTo(new LoadConfig(12, 5, 40));
        assertThat(config.pools().get("stable").fallback()).isEqualTo(Fallback.NONE);
        assertThat(config.pools().get("sandbox").sandbox()).isEqualTo(Sandbox.GVISOR);
        assertThat(config.pools().get("gpu").localSsds()).isEqualTo(2);
        assertThat(config.pools().get("uploads").size()).contains(new PoolConfig.Size(2, Memory.gibibytes(8)));
        assertThat(config.pools().get("gpu").accelerator()).contains(new PoolConfig.Accelerator("nvidia-tesla-t4", 2));
    }

    @Test
    void everyQueueIsRead() {
        assertThat(config.queues().keySet())
                .containsExactly("big", "small", "deploy", "untrusted", "images", "gpu", "upload");
        var big = config.queues().get("big");
        assertThat(big.pool()).isEqualTo("big");
        assertThat(big.trust()).isEqualTo(Trust.TRUSTED);
        assertThat(big.can()).containsExactly(Capability.DOCKER);
        assertThat(big.docker()).contains(new DockerConfig(DockerMode.DAEMON, true));
        assertThat(config.queues().get("images").docker()).contains(new DockerConfig(DockerMode.ROOTLESS, false));
        assertThat(big.warm()).containsExactly(entry("cargo", "/root/.cargo"), entry("pip", "/root/.cache/pip"));
        assertThat(big.gitCleanFlags()).contains("-ffdq");
        assertThat(big.jobsPerNode()).isEqualTo(2);
        assertThat(big.timeoutMinutes()).isEqualTo(120);
        assertThat(big.image())
                .contains("us-west1-docker.pkg.dev/acme-ci-full/ci-images/agent:3.104.0@sha256:"
                        + "0123456789abcdef".repeat(4));
        assertThat(big.tags()).containsExactly(entry("os", "linux"), entry("docker", "true"));
        assertThat(big.secrets()).containsExactly(entry("NPM_TOKEN", "npmToken"));
    }

    @Test
    void whatNamespacesMayHoldIsRead() {
        assertThat(config.namespaces())
                .containsExactly(
                        entry("apps", new NamespaceConfig(Optional.of("stable"), Optional.of(1), 200, 1, 0, true)),
                        entry("previews", new NamespaceConfig(Optional.of("gpu"), Optional.of(1), 50, 0, 1, false)));
        assertThat(config.deployPools()).containsExactly(entry("apps", "stable"), entry("previews", "gpu"));
    }

    @Test
    void whatAQueueLowersIsRead() {
        var small = config.queues().get("small");
        assertThat(small.cpu()).contains(new Cpu(500));
        assertThat(small.memory()).contains(Memory.gibibytes(1));
        assertThat(small.maxInFlight()).contains(16);
        assertThat(small.debuggers()).containsExactly("group:ci-debuggers@example.com", "user:jane@example.com");
        assertThat(config.queues().get("deploy").namespaces()).containsExactly("apps", "previews");
        assertThat(config.queues().get("deploy").clusters())
                .containsExactly(
                        new TargetCluster("acme-apps", "us-west1", "apps", Optional.empty()),
                        new TargetCluster("acme-apps", "us-west1-a", "internal", Cidr.parse("172.16.8.0/28")));
        assertThat(config.queues().get("untrusted").trust()).isEqualTo(Trust.UNTRUSTED);
    }

    @Test
    void theWaiversAreRead() {
        assertThat(config.waivers())
                .startsWith(
                        new Waiver(
                                "state-protected",
                                Optional.empty(),
                                "this stack is only looked at",
                                new Waiver.Never("it uses every key and is deployed nowhere")),
                        new Waiver(
                                "namespace-pod-security",
                                Optional.of("queue-big-*"),
                                "docker builds on its own nodes",
                                new Waiver.LastDay(LocalDate.parse("2027-06-30"))),
                        new Waiver(
                                "trusted-pod-spec",
                                Optional.of("queue-gpu-*"),
                                "only pipelines of ours know the queue",
                                new Waiver.LastDay(LocalDate.parse("2027-06-30"))),
                        new Waiver(
                                "docker-own-nodes",
                                Optional.of("queue-big-*"),
                                "all that is on these nodes is one team's",
                                new Waiver.LastDay(LocalDate.parse("2027-06-30"))));
    }

    @Test
    void theSecretsAreThoseThatAreNamedAndTheAgentTokens() {
        assertThat(config.secretKeys())
                .containsExactly("agentToken", "deployKey", "npmToken", "signingKey", "untrustedAgentToken");
    }

    private static Cidr range(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static MaintenanceConfig.Freeze freeze(String name, String from, String until) {
        return new MaintenanceConfig.Freeze(name, Instant.parse(from), Instant.parse(until));
    }
}
