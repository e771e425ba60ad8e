package io.buildkitefleet.fleet.checks;

import static io.buildkitefleet.testing.BadStack.at;
import static io.buildkitefleet.testing.BadStack.of;
import static io.buildkitefleet.testing.BadStack.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.AgentImage;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is right value by value, and wrong together. */
class ChecksTest {
    private static final Stacks MINIMAL = Stacks.minimal();

    /** A second pool and a queue of it for code that nobody vouches for. */
    private static final Stacks FORKS = MINIMAL.with(
                    "pools.sandbox", "{machineType: e2-standard-4, sandbox: gvisor, max: 2}")
            .with("queues.forks", "{pool: sandbox, trust: untrusted}")
            .withSecret("untrustedAgentToken");

    @ParameterizedTest
    @MethodSource({"pools", "machines", "queues", "untrusted", "capabilities", "secrets", "warmCaches"})
    @MethodSource({
        "names",
        "cluster",
        "mirrors",
        "agents",
        "servers",
        "sharedPools",
        "ownImages",
        "copies",
        "namespaces",
        "onlyForSome"
    })
    void whatDoesNotHoldTogetherIsReported(BadStack bad) {
        bad.isReportedOnce();
    }

    static Stream<BadStack> onlyForSome() {
        var only = MINIMAL.with("queues.big.only.branches", "[main]");
        var listed = MINIMAL.with("repositories", "['git@github.com:acme/app.git']");
        return Stream.of(
                of("nothing", MINIMAL.with("queues.big.only", "{}"), "queues.big.only", "names no branches and no"),
                of(
                        "branches of no repository",
                        only,
                        "queues.big.only.branches",
                        "are those of repositories, of which there are none"),
                of(
                        "every branch and others",
                        listed.with("queues.big.only.branches", "['*', 'release/*']"),
                        "queues.big.only.branches",
                        "stands for every branch, so the others say nothing"),
                of(
                        "pod specs beside it",
                        listed.with("queues.big.only.branches", "[main]").with("queues.big.podSpecs", "allowed"),
                        "queues.big.only.branches",
                        "cannot be held where podSpecs are allowed"));
    }

    static Stream<BadStack> servers() {
        var own = "[git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHaSw601QLuAPAILOu5mzYiHEjI06gxucUPArdc/9DHt]";
        return Stream.of(
                of(
                        "a server that nobody knows",
                        MINIMAL.with(
                                "repositories", "['git@github.com:acme/app.git', 'git@git.example.com:acme/app.git']"),
                        "repositories[1]",
                        "got git.example.com",
                        "checkout.knownHosts",
                        "ssh-keyscan git.example.com prints"),
                of(
                        "a server that is known on another port",
                        MINIMAL.with("repositories", "['ssh://git@git.example.com:2222/acme/app.git']")
                                .with("checkout.knownHosts", own),
                        "repositories[0]",
                        "got [git.example.com]:2222",
                        "ssh-keyscan -p 2222 git.example.com prints"),
                of(
                        "a mirror of a server that nobody knows",
                        MINIMAL.with("pools.big.zones", "[us-west1-a]")
                                .with("checkout.gitMirror", "disk")
                                .with(
                                        "checkout.mirrorDisk",
                                        "{repositories: ['git@git.example.com:acme/app.git'], image: 'agent:1'}"),
                        "checkout.mirrorDisk.repositories[0]",
                        "got git.example.com"));
    }

    @Test
    void aServerThatIsKnownByItsKeyOrReachedOverHttpsIsFine() {
        var repositories = "['ssh://git@git.example.com:22/acme/app.git', 'https://git2.example.com/acme/app.git']";
        var own = "[git.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHaSw601QLuAPAILOu5mzYiHEjI06gxucUPArdc/9DHt]";
        assertThat(BadStack.problems(MINIMAL.with("repositories", repositories).with("checkout.knownHosts", own)))
                .isEmpty();
    }

    static Stream<BadStack> sharedPools() {
        var builds = MINIMAL.with("queues.big", "{pool: big, can: [docker]}");
        return Stream.of(
                of(
                        "a queue beside a daemon",
                        builds.with("queues.sign", "{pool: big}"),
                        "pools.big",
                        "queue big, which has a Docker daemon, and sign",
                        "a pool of its own",
                        "shared: true"),
                of(
                        "what is deployed beside a daemon",
                        builds.with("pools.other", "{machineType: n1-standard-8, max: 2}")
                                .with("queues.deploy", "{pool: other, can: [kubectl], namespaces: [apps]}")
                                .with("namespaces.apps", "{pool: big}"),
                        "pools.big",
                        "queue big, which has a Docker daemon, and namespace apps"),
                of(
                        "two daemons",
                        builds.with("queues.images", "{pool: big, can: [docker], docker: {usernsRemap: true}}"),
                        "pools.big",
                        "queue big, which has a Docker daemon, and images"),
                of(
                        "builds without root beside a daemon",
                        builds.with("queues.images", "{pool: big, can: [docker], docker: {mode: rootless}}"),
                        "pools.big",
                        "queue big, which has a Docker daemon, and images"),
                of(
                        "a daemon that nobody is beside",
                        builds.with("pools.big.shared", "true"),
                        "pools.big.shared",
                        "has no effect: queue big, which has a Docker daemon, has the pool to itself; remove it"),
                of(
                        "a daemon beside what it deploys itself",
                        builds.with("queues.big", "{pool: big, can: [docker, kubectl], namespaces: [apps]}")
                                .with("pools.big.shared", "true"),
                        "pools.big.shared",
                        "has no effect"),
                of(
                        "a shared pool without a daemon",
                        MINIMAL.with("queues.images", "{pool: big, can: [docker], docker: {mode: rootless}}")
                                .with("pools.big.shared", "true"),
                        "pools.big.shared",
                        "has no effect: no queue of the pool has a Docker daemon; remove it"),
                of(
                        "a pool that is said to have one queue",
                        builds.with("queues.sign", "{pool: big}").with("pools.big.shared", "false"),
                        "pools.big",
                        "a pool of its own"));
    }

    @Test
    void aSharedPoolIsAcceptedWhereItIsMeantAndWhereNobodyOwnsTheNodes() {
        var other = MINIMAL.with("queues.other", "{pool: big}");
        assertThat(problems(other)).isEmpty();
        assertThat(problems(other.with("queues.big", "{pool: big, can: [docker], docker: {mode: rootless}}")))
                .isEmpty();
        assertThat(problems(
                        other.with("queues.big", "{pool: big, can: [docker]}").with("pools.big.shared", "true")))
                .isEmpty();
    }

    static Stream<BadStack> namespaces() {
        var deploys = MINIMAL.with("queues.big", "{pool: big, can: [kubectl], namespaces: [previews]}");
        var apps = "{machineType: e2-standard-2, max: 2}";
        return Stream.of(
                of(
                        "bounds of nothing",
                        deploys.with("namespaces.preview", "{}"),
                        "namespaces.preview",
                        "no queue deploys into it",
                        "namespaces: [preview]"),
                of(
                        "pods on no pool",
                        deploys.with("namespaces.previews.pool", "apps"),
                        "namespaces.previews.pool",
                        "is not a pool, got \"apps\"; there are: big"),
                of(
                        "pods beside what anybody wrote",
                        FORKS.with("queues.big", "{pool: big, can: [kubectl], namespaces: [previews]}")
                                .with("namespaces.previews.pool", "sandbox"),
                        "namespaces.previews.pool",
                        "must not be a pool of untrusted queues",
                        "there are: big"),
                of(
                        "a node for both",
                        deploys.with("pools.big.max", "1"),
                        "pools.big.max",
                        "big needs at least 1, namespace previews needs at least 1",
                        "namespaces: {previews: {pool: apps}}"),
                of(
                        "more nodes than there are",
                        deploys.with("pools.apps", apps).with("namespaces.previews", "{pool: apps, nodes: 3}"),
                        "namespaces.previews.nodes",
                        "must be at most 2, as many nodes as pool apps has, got 3"),
                of(
                        "GPUs of a pool without",
                        deploys.with("namespaces.previews.gpus", "1"),
                        "namespaces.previews.gpus",
                        "must be 0, since the nodes of pool big have no GPU, got 1",
                        "namespaces.previews.pool"),
                of(
                        "more GPUs than its nodes have",
                        deploys.with("pools.big.accelerator", "{type: nvidia-tesla-t4, count: 2}")
                                .with("namespaces.previews", "{nodes: 1, gpus: 3}"),
                        "namespaces.previews.gpus",
                        "must be at most 2, what the namespace's 1 node of pool big can have, got 3",
                        "lower it, or raise namespaces.previews.nodes to 2"),
                of(
                        "more GPUs than its pool has",
                        deploys.with(
                                        "pools.gpus",
                                        "{machineType: n1-standard-8, max: 2, accelerator: {type: nvidia-tesla-t4, count: 2}}")
                                .with("namespaces.previews", "{pool: gpus, nodes: 2, gpus: 5}"),
                        "namespaces.previews.gpus",
                        "lower it, or raise pools.gpus.max to 3 and namespaces.previews.nodes to 3"),
                of(
                        "more GPUs than the queue of the pool leaves",
                        deploys.with(
                                        "pools.big",
                                        "{machineType: n1-standard-8, max: 2, accelerator: {type: nvidia-tesla-t4}}")
                                .with("namespaces.previews", "{gpus: 2}"),
                        "namespaces.previews.gpus",
                        "lower it, or raise pools.big.max to 3 and namespaces.previews.nodes to 2"),
                of(
                        "more nodes than the queue leaves",
                        deploys.with("namespaces.previews.nodes", "99"),
                        "pools.big.max",
                        "must be at least 100 nodes for the queues and namespaces of this pool",
                        "(big needs at least 1, namespace previews wants 99), got 4",
                        "lower namespaces.previews.nodes, or give a namespace a pool of its own"));
    }

    @Test
    void aPoolMayBeForWhatIsDeployedAlone() {
        var stack = MINIMAL.with("queues.big", "{pool: big, can: [kubectl], namespaces: [previews]}")
                .with("pools.apps", "{machineType: e2-standard-2, max: 2}")
                .with("namespaces.previews.pool", "apps");
        assertThat(problems(stack)).isEmpty();
    }

    /** Whoever copies it into one of the stacks that are there. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void theQueueWithPodSpecsOfTheDocumentsIsTaken(String name) throws IOException {
        var example = Pattern.compile("integration: (\\{.*podSpecs: allowed})")
                .matcher(Files.readString(Path.of("docs/queue-border.md")));
        assertThat(example.find()).isTrue();
        var stack = Stacks.ofYaml(name, Files.readString(Path.of("Pulumi." + name + ".yaml")))
                .withSecret("agentToken")
                .with("queues.integration", example.group(1));

        assertThat(problems(stack)).isEmpty();
    }

    static Stream<BadStack> copies() {
        var mirrored = MINIMAL.with("registryMirror", "registry.acme.example/mirror")
                .with("queues.big.image", "registry.example.com:5000/ci/runner:1")
                .with("queues.small", "{pool: big, image: 'registry.example.com-5000/ci/runner:1'}");
        var disk = MINIMAL.with("registryMirror", "registry.acme.example/mirror")
                .with("checkout.gitMirror", "disk")
                .with("pools.big.zones", "[us-west1-a]")
                .with("checkout.mirrorDisk", "{repositories: ['https://github.com/acme/app'], image: agent}");
        return Stream.of(
                of("an image without a version, beside a mirror", disk, "checkout.mirrorDisk.image", "got \"agent\""),
                of(
                        "two images that would be one at the mirror",
                        mirrored,
                        "queues.small.image",
                        "would be registry.acme.example/mirror/registry.example.com-5000/ci/runner:1 at the mirror, as would"
                                + " queues.big.image (registry.example.com:5000/ci/runner:1)",
                        "name one of them by its digest"));
    }

    @Test
    void imagesOfOneTagMayDifferInTheirDigests() {
        var image = "ghcr.io/acme/runner:1";
        var mirrored = MINIMAL.with("registryMirror", "registry.acme.example/mirror")
                .with("queues.big.image", image)
                .with("queues.small", "{pool: big, image: '" + image + "'}")
                .with("queues.third", "{pool: big, image: '" + image + "@sha256:" + "0".repeat(64) + "'}")
                .with("queues.fourth", "{pool: big, image: '" + image + "@sha256:" + "1".repeat(64) + "'}");
        assertThat(problems(mirrored)).isEmpty();
    }

    static Stream<BadStack> ownImages() {
        var builds = MINIMAL.with("queues.big", "{pool: big, can: [docker]}");
        var image = "us-west1-docker.pkg.dev/acme-ci-dev/bk-dev-images/agent:3.136.2";
        return Stream.of(
                of(
                        "an image whose tag jobs move",
                        builds.with("queues.big.image", image),
                        "queues.big.image",
                        "must have its digest, got \"" + image + "\"",
                        "(queues big)",
                        image + "@sha256:"),
                of(
                        "an image of mirrors whose tag jobs move",
                        builds.with("checkout.gitMirror", "disk")
                                .with("pools.big.zones", "[us-west1-a]")
                                .with(
                                        "checkout.mirrorDisk",
                                        "{repositories: ['https://github.com/acme/app'], image: '" + image + "'}"),
                        "checkout.mirrorDisk.image",
                        "must have its digest"),
                of(
                        "a mirror that jobs can push to",
                        Stacks.minimal()
                                .with("registryMirror", "us-west1-docker.pkg.dev/acme-ci-dev/bk-dev-images/mirror"),
                        "registryMirror",
                        "is in the fleet's own registry",
                        "use a repository that no job writes to"),
                of(
                        "an image that untrusted nodes cannot read",
                        FORKS.with("queues.forks.image", image + "@sha256:" + "0".repeat(64)),
                        "queues.forks.image",
                        "cannot read",
                        "public"));
    }

    @Test
    void imagesThatNoJobReplacesKeepTheirTags() {
        var own = "us-west1-docker.pkg.dev/acme-ci-dev/bk-dev-images/agent:3.136.2";
        var builds = MINIMAL.with("queues.big", "{pool: big, can: [docker]}");
        assertThat(problems(MINIMAL.with("queues.big.image", own))).isEmpty();
        assertThat(problems(builds.with("queues.big.image", own + "@sha256:" + "0".repeat(64))))
                .isEmpty();
        assertThat(problems(builds.with("queues.big.image", own.replace("bk-dev-images", "others"))))
                .isEmpty();
    }

    static Stream<BadStack> mirrors() {
        var disk = "{repositories: ['https://github.com/acme/app'], image: 'agent:1'}";
        var zonal = MINIMAL.with("checkout.gitMirror", "disk").with("checkout.mirrorDisk", disk);
        var whole = zonal.with("pools.big.zones", "[us-west1-a]");
        return Stream.of(
                of(
                        "mirrors on no disk",
                        whole.without("checkout.mirrorDisk"),
                        "checkout.mirrorDisk",
                        "is missing",
                        "gitMirror: disk"),
                of("a disk for nothing", whole.without("checkout.gitMirror"), "checkout.mirrorDisk", "has no effect"),
                of("nodes anywhere", zonal, "pools.big.zones", "must be one zone", "queue big"),
                of(
                        "nodes in two zones",
                        zonal.with("pools.big.zones", "[us-west1-a, us-west1-b]"),
                        "pools.big.zones",
                        "must be one zone"),
                of(
                        "machines that cannot read it",
                        whole.with("pools.big.machineType", "n4-standard-8")
                                .with("pools.big.diskType", "hyperdisk-balanced")
                                .with("pools.big.capacity", "spot"),
                        "pools.big.machineType",
                        "pd-balanced",
                        "got \"n4-standard-8\""),
                of(
                        "a disk of nothing",
                        whole.with("checkout.mirrorDisk.repositories", "[]"),
                        "checkout.mirrorDisk.repositories",
                        "is empty"),
                of(
                        "a namespace twice",
                        whole.with("queues.mirrors", "{pool: big}"),
                        "queues.mirrors",
                        "must have another name",
                        "buildkite-mirrors"));
    }

    /** Each as long as Google, Kubernetes or Helm allow. */
    @Test
    void theLongestNamesAreAccepted() {
        var stack = FORKS.with("name", "n".repeat(25))
                .with("pools." + "p".repeat(22), "{machineType: n1-standard-8, max: 1}")
                .with("queues.four", "{pool: " + "p".repeat(22) + "}")
                .with("queues." + "u".repeat(37), "{pool: sandbox, trust: untrusted}")
                .without("queues.forks")
                .with("queues.big", "{pool: big, can: [kubectl], namespaces: [" + "a".repeat(63) + "]}")
                .withKey(Stacks.PROJECT, "p".repeat(27));

        assertThat(problems(stack)).isEmpty();
    }

    static Stream<BadStack> pools() {
        var big = "{machineType: n1-standard-8, max: 4}";
        return Stream.of(
                of(
                        "no queue",
                        MINIMAL.with("pools.idle", big),
                        "pools.idle",
                        "no queue uses",
                        "give a queue pool: idle"),
                at("pools.big.min", "5", "must not exceed max (4), got 5"),
                at(
                                "pools.big",
                                "{machineType: n1-standard-8, max: 4, capacity: on-demand, fallback: on-demand}",
                                "must be")
                        .below("fallback"));
    }

    static Stream<BadStack> machines() {
        var n1 = "{machineType: n1-standard-8, max: 1, ";
        return Stream.of(
                at(
                        "pools.big.machineType",
                        "n1-standard-6",
                        "got \"n1-standard-6\"; n1-standard has the sizes 1, 2, 4, 8"),
                at("pools.big.machineType", "m5-large", "is not a machine type", "known families: a2-highgpu"),
                at("pools.big", "{machineType: e2-medium, sandbox: gvisor, max: 1}", "must not share a core")
                        .below("machineType"),
                at(
                                "pools.big",
                                "{machineType: n4-standard-8, max: 1, diskType: pd-ssd}",
                                "must be hyperdisk-balanced",
                                "got pd-ssd")
                        .below("diskType"),
                at("pools.big.diskType", "hyperdisk-balanced", "must be pd-balanced or pd-standard or pd-ssd"),
                at(
                                "pools.big",
                                "{machineType: c3-standard-8, max: 1, diskType: pd-standard}",
                                "pd-balanced or pd-ssd or")
                        .below("diskType"),
                at("pools.big", "{machineType: g2-standard-24, max: 1}", "is missing: g2-standard-24 has 2 × nvidia-l4")
                        .below("accelerator"),
                at(
                                "pools.big",
                                "{machineType: g2-standard-24, max: 1, accelerator: {type: nvidia-l4}}",
                                "must be 2 × nvidia-l4 on g2-standard-24, got 1 × nvidia-l4")
                        .below("accelerator"),
                at(
                                "pools.big",
                                n1 + "accelerator: {type: nvidia-l4}}",
                                "cannot be attached to n1-standard-8",
                                "g2 machines have nvidia-l4")
                        .below("accelerator"),
                at(
                                "pools.big",
                                "{machineType: e2-standard-8, max: 1, accelerator: {type: nvidia-tesla-t4}}",
                                "cannot be attached to e2-standard-8, got nvidia-tesla-t4; n1 machines take nvidia-tesla")
                        .below("accelerator"));
    }

    static Stream<BadStack> queues() {
        return Stream.of(
                at("queues.big.pool", "bgi", "is not a pool, got \"bgi\"; there are: big"),
                at("queues.big.tags", "{queue: other}", "the tag queue is always the name of the queue")
                        .below("queue"),
                of(
                        "the mac's queue in the cluster",
                        MINIMAL.withMac().with("mac.queue", "big"),
                        "mac.queue",
                        "is the name of a queue in the cluster too, got \"big\""));
    }

    static Stream<BadStack> untrusted() {
        return Stream.of(
                of(
                        "whose builds it is for",
                        FORKS.with("queues.forks.only.pipelines", "[app]"),
                        "queues.forks.only",
                        "has no effect on an untrusted queue"),
                of(
                        "pod specs",
                        FORKS.with("queues.forks.podSpecs", "allowed"),
                        "queues.forks.podSpecs",
                        "must not be allowed on an untrusted queue"),
                of(
                        "can",
                        FORKS.with("queues.forks.can", "[kubectl, helm]"),
                        "queues.forks.can",
                        "must be empty",
                        "got kubectl, helm"),
                of(
                        "namespaces",
                        FORKS.with("queues.forks.namespaces", "[apps]"),
                        "queues.forks.namespaces",
                        "has no use without can"),
                of(
                        "secrets",
                        FORKS.with("queues.forks.secrets", "{A: npm, B: npm}").withSecret("npm"),
                        "queues.forks.secrets",
                        "must be empty on an untrusted queue",
                        "got A, B"),
                of(
                        "a key for encrypted variables",
                        FORKS.with("queues.forks.variablesKey", "1"),
                        "queues.forks.variablesKey",
                        "is not for an untrusted queue, got 1"),
                of(
                        "debuggers",
                        FORKS.with("queues.forks.debuggers", "[\"user:jane@example.com\"]"),
                        "queues.forks.debuggers",
                        "must be empty on an untrusted queue"),
                of(
                        "a group that the cluster does not know",
                        FORKS.with("queues.big.debuggers", "[\"group:ci@example.com\"]"),
                        "queues.big.debuggers[0]",
                        "names group:ci@example.com",
                        "cluster.securityGroup"),
                of(
                        "no sandbox",
                        FORKS.with("pools.sandbox.sandbox", "none"),
                        "queues.forks.pool",
                        "need a pool with sandbox: gvisor, got pool \"sandbox\""),
                of(
                        "a pool shared with trusted queues",
                        FORKS.with("queues.ours", "{pool: sandbox}"),
                        "queues.forks.pool",
                        "must not share a pool with trusted ones (ours), got pool \"sandbox\""));
    }

    static Stream<BadStack> capabilities() {
        var deploys = "{pool: big, can: [helm], namespaces: ";
        return Stream.of(
                of(
                        "a way to build images without the capability",
                        MINIMAL.with("queues.big.docker", "{mode: rootless}"),
                        "queues.big.docker",
                        "has no use without can: [docker]"),
                of(
                        "a root to map where there is none",
                        MINIMAL.with("queues.big.can", "[docker]")
                                .with("queues.big.docker", "{mode: rootless, usernsRemap: true}"),
                        "queues.big.docker.usernsRemap",
                        "is for mode: daemon"),
                of(
                        "docker in a sandbox",
                        MINIMAL.with("pools.big.sandbox", "gvisor").with("queues.big.can", "[docker]"),
                        "queues.big.can",
                        "docker does not run in the sandbox of pool \"big\""),
                at("queues.big", "{pool: big, can: [kubectl]}", "is missing; name the namespaces")
                        .below("namespaces"),
                at(
                                "queues.big",
                                "{pool: big, clusters: [{project: acme-apps, location: us-west1, name: apps}]}",
                                "has no use without can")
                        .below("clusters"),
                at("queues.big", "{pool: big, namespaces: [apps]}", "has no use without can")
                        .below("namespaces"),
                at("queues.big", deploys + "[kube-system]}", "must not name", "got kube-system")
                        .below("namespaces[0]"),
                at("queues.big", deploys + "[apps, default]}", "must not name", "got default")
                        .below("namespaces[1]"),
                at("queues.big", deploys + "[gmp-public]}", "must not name", "got gmp-public")
                        .below("namespaces[0]"),
                at("queues.big", deploys + "[buildkite-big]}", "or the fleet's, got buildkite-big")
                        .below("namespaces[0]"),
                at("queues.big", deploys + "[" + "a".repeat(64) + "]}", "over 63 characters")
                        .below("namespaces[0]"));
    }

    static Stream<BadStack> warmCaches() {
        var kept = MINIMAL.with("pools.big.min", "1");
        return Stream.of(
                at("queues.big.warm", "{cargo: /root/.cargo}", "pool \"big\" keeps none; set pools.big.min to 1"),
                of(
                        "warm caches of anybody's code",
                        FORKS.with("pools.sandbox.min", "1").with("queues.forks.warm", "{cargo: /root/.cargo}"),
                        "queues.forks.warm",
                        "must be empty on an untrusted queue"),
                of(
                        "a home directory",
                        kept.with("queues.big.warm", "{home: /root}"),
                        "queues.big.warm.home",
                        "a home directory"),
                of("settings", kept.with("queues.big.warm", "{etc: /etc/ssh}"), "queues.big.warm.etc", "got /etc/ssh"),
                of(
                        "programs",
                        kept.with("queues.big.warm", "{bin: /usr/local/bin}"),
                        "queues.big.warm.bin",
                        "name a directory of a tool"),
                of(
                        "the whole working directory",
                        kept.with("queues.big.warm", "{all: /workspace}"),
                        "queues.big.warm.all",
                        "/workspace/build holds the checkout"),
                of(
                        "a checkout of two jobs at a time",
                        kept.with("queues.big", "{pool: big, jobsPerNode: 2, warm: {build: /workspace/build}}"),
                        "queues.big.warm.build",
                        "is written by 2 jobs at a time"));
    }

    static Stream<BadStack> secrets() {
        var token = "can pose as an agent";
        return Stream.of(
                at("queues.big.secrets", "{TOKEN: agentToken}", "must not be agentToken", token)
                        .below("TOKEN"),
                of(
                        "the other token",
                        FORKS.with("queues.big.secrets", "{TOKEN: untrustedAgentToken}"),
                        "queues.big.secrets.TOKEN",
                        "must not be untrustedAgentToken",
                        token),
                at("checkout.sshKey", "agentToken", "must not be agentToken", token),
                taken("PATH", "it is the system's own, as is each of PATH, HOME"),
                taken("LD_PRELOAD", "it is the system's own"),
                taken("DOCKER_CONFIG", "it is the fleet's own, as is each of FLEET_*, DOCKER_HOST, DOCKER_CONFIG"),
                taken("BUILDKITE_TOKEN", "it is the agent's own"),
                taken("SSH_PRIVATE_RSA_KEY", "it is the agent's own"),
                taken("GIT_SSH_COMMAND", "it is git's own"),
                taken("KUBERNETES_SERVICE_HOST", "it is Kubernetes' own"));
    }

    static Stream<BadStack> agents() {
        var digest = "@sha256:" + "0".repeat(64);
        var tooNew = Stream.of(
                "ghcr.io/buildkite/agent:4",
                "ghcr.io/buildkite/agent:4.0.0-beta.15",
                "ghcr.io/buildkite/agent:4-ubuntu-24.04",
                "buildkite/agent:4.1",
                "public.ecr.aws/buildkite/agent:5.0.0-alpine",
                "us-west1-docker.pkg.dev/acme/docker-hub/buildkite/agent:4.0.0" + digest,
                "packages.buildkite.com/buildkite/agent-docker/agent:10",
                "us-west1-docker.pkg.dev/acme/images/agent:4.0.0",
                "registry.example.com:5000/ci/buildkite-agent:v4.0.0-beta.15");
        var moving = Stream.of("edge", "edge-build-7000", "stable", "alpine", "ubuntu-24.04", "alpine-k8s")
                .map("ghcr.io/buildkite/agent:"::concat);
        return Stream.concat(
                tooNew.map(image -> agent(image, "\": later ones run a repository's own hooks before")),
                moving.map(image -> agent(image, "\", which is whatever version Buildkite releases next: later ones")));
    }

    private static BadStack agent(String image, String reason) {
        return at(
                "queues.big.image",
                image,
                "must be version 3 of the agent on a trusted queue, got \"" + image + reason,
                "use a tag that begins with 3. or leave the image out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghcr.io/buildkite/agent:3",
                "ghcr.io/buildkite/agent:3.136.2-ubuntu-24.04",
                "ghcr.io/buildkite/agent:3-alpine-k8s",
                "us-west1-docker.pkg.dev/acme/images/agent:3.136.2",
                // What no name tells.
                "ghcr.io/buildkite/agent@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "ghcr.io/buildkite/agent:edge@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                "us-west1-docker.pkg.dev/acme/images/agent:4f3a9c1",
                "us-west1-docker.pkg.dev/acme/images/agent:4123456",
                "us-west1-docker.pkg.dev/acme/images/agent:2026.11.28",
                "us-west1-docker.pkg.dev/acme/images/agent:24.04",
                "us-west1-docker.pkg.dev/acme/images/toolchain:4.0.0",
                "us-west1-docker.pkg.dev/acme/images/user-agent:4.0.0",
                "registry.example.com:4000/ci/agent:main"
            })
    void otherImagesMayRunTheAgent(String image) {
        assertThat(problems(MINIMAL.with("queues.big.image", "\"" + image + "\"")))
                .isEmpty();
    }

    @Test
    void whatChecksNoCommitMayRunAnyAgent() {
        var disk = "{repositories: ['https://github.com/acme/app'], image: 'ghcr.io/buildkite/agent:4.0.0'}";
        var mirrors = MINIMAL.with("checkout.gitMirror", "disk")
                .with("checkout.mirrorDisk", disk)
                .with("pools.big.zones", "[us-west1-a]");

        assertThat(problems(FORKS.with("queues.forks.image", "ghcr.io/buildkite/agent:4.0.0")))
                .isEmpty();
        assertThat(problems(mirrors)).isEmpty();
    }

    @Test
    void theHookThatAsksTheAgentAllowsTheSameVersions() throws IOException {
        assertThat(Files.readString(Path.of("src/main/resources/hooks/lib.sh")))
                .contains("BASH_REMATCH[1] > " + AgentImage.NEWEST + ")");
    }

    private static BadStack taken(String variable, String owner) {
        return of(
                "a secret called " + variable,
                MINIMAL.with("queues.big.secrets", "{NPM_TOKEN: npm, " + variable + ": npm}")
                        .withSecret("npm"),
                "queues.big.secrets." + variable,
                "must have another name, got " + variable + ": " + owner);
    }

    @Test
    void allSecretsWhoseNamesAreTakenAreToldAtOnce() {
        var stack = MINIMAL.with("queues.big.secrets", "{PATH: p, HOME: p, NPM_TOKEN: p, FLEET_QUEUE: p}")
                .withSecret("p");

        assertThat(problems(stack))
                .extracting(problem -> problem.path().substring(Stacks.FLEET.length()))
                .containsExactly(
                        ".queues.big.secrets.FLEET_QUEUE", ".queues.big.secrets.HOME", ".queues.big.secrets.PATH");
    }

    static Stream<BadStack> names() {
        var pool = "{machineType: n1-standard-8, max: 1}";
        var queue = "q".repeat(24);
        return Stream.of(
                at("name", "n".repeat(26), "the nodes' Google service account would be", "at most 30 characters"),
                of("a long stack", MINIMAL.named("s".repeat(30)), "name", "the nodes' Google service account would be"),
                of(
                        "a long project",
                        MINIMAL.with("name", "n".repeat(25)).withKey(Stacks.PROJECT, "p".repeat(30)),
                        "name",
                        "Cloud Storage refuses bucket names of over 63 characters"),
                renamed("queues", "big", queue, "account would be \"bk-dev-" + queue, "6 to 30 characters"),
                renamed("queues", "big", "node", "the nodes' own identity is named so"),
                of(
                        "a queue as a node of untrusted jobs",
                        FORKS.with("queues.anon", "{pool: big}"),
                        "queues.anon",
                        "the nodes' own identity is named so"),
                of(
                        "a short account",
                        MINIMAL.with("name", "b")
                                .with("queues.longer", "{pool: big}")
                                .without("queues.big")
                                .withMac()
                                .with("mac.queue", "m"),
                        "mac.queue",
                        "\"b-m\""),
                of(
                        "the mac's long queue",
                        MINIMAL.withMac().with("mac.queue", queue),
                        "mac.queue",
                        "6 to 30 characters"),
                of(
                        "the mac as a node",
                        MINIMAL.withMac().with("mac.queue", "node"),
                        "mac.queue",
                        "the nodes' own identity"),
                of(
                        "an untrusted queue's release",
                        FORKS.without("queues.forks")
                                .with("queues." + "u".repeat(38), "{pool: sandbox, trust: untrusted}"),
                        "queues." + "u".repeat(38),
                        "Helm wants at most 53 characters"),
                usedPool("system", pool, "its name must not be system"),
                usedPool(
                        "p".repeat(24),
                        "{machineType: e2-standard-2, capacity: spot, max: 1}",
                        "its name must have at most 23 characters, got 24",
                        "ppp-fallback\" and 8 characters of Pulumi's"),
                usedPool(
                        "p".repeat(30),
                        "{machineType: e2-standard-2, capacity: spot, max: 1}",
                        "its name must have at most 23 characters, got 30"),
                usedPool(
                        "p".repeat(28),
                        "{machineType: e2-standard-2, capacity: on-demand, max: 1}",
                        "its name must have at most 27 characters, got 28"),
                of(
                        "two pools whose nodes would be called the same",
                        MINIMAL.with("pools.big.capacity", "spot")
                                .with("pools.big-fallback", "{machineType: e2-standard-2, max: 1}")
                                .with("queues.more", "{pool: big-fallback}"),
                        "pools.big-fallback",
                        "must have another name",
                        "pool big falls back to"));
    }

    private static BadStack renamed(String kind, String from, String to, String... parts) {
        var value = MINIMAL.fleet().getAsJsonObject(kind).get(from);
        return of(
                "named " + to, MINIMAL.without(kind + "." + from).with(kind + "." + to, value), kind + "." + to, parts);
    }

    private static BadStack usedPool(String name, String pool, String... parts) {
        var stack = MINIMAL.with("pools." + name, pool).with("queues.more", "{pool: " + name + "}");
        return of("a pool " + name, stack, "pools." + name, parts);
    }

    static Stream<BadStack> cluster() {
        return Stream.of(
                at(
                        "cluster.authorizedNetworks",
                        "[]",
                        "is empty: nobody could reach the Kubernetes API",
                        "or set dnsEndpoint: true"),
                of("none", MINIMAL.without("cluster"), "cluster.authorizedNetworks", "is empty"),
                of(
                        "a range twice",
                        MINIMAL.with(
                                "cluster.authorizedNetworks",
                                "[{cidr: 203.0.113.0/24, name: office}, {cidr: 203.0.113.0/24, name: vpn}]"),
                        "cluster.authorizedNetworks[1].cidr",
                        "is that of office already"));
    }
}
