package io.buildkitefleet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.buildkitefleet.fleet.images.ImageReference;
import io.buildkitefleet.registry.MirroredArtifact.PinPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The printed script, run against registries that are folders. */
class MirrorScriptTest {
    private static final String MIRROR = "us-docker.pkg.dev/acme-ci/mirror";
    private static final String CHART = "ghcr.io/buildkite/helm/agent-stack-k8s:0.47.0";
    private static final String AGENT = "ghcr.io/buildkite/agent:3.136.2";
    private static final String DOCKER = "docker.io/library/docker:28.5.1-dind";
    private static final String ATHENS = "docker.io/gomods/athens:v0.18.0";
    private static final String OWN = "ghcr.io/acme/agent:3.1.0";

    @TempDir
    private Path directory;

    @TempDir
    private Path scratch;

    private Registries registries;
    private String agent;
    private String docker;
    private List<MirroredArtifact> artifacts;

    /** A pinned image, one that the chart names, and two that only a version names. */
    @BeforeEach
    void publishedImages() throws Exception {
        registries = new Registries(directory);
        agent = registries.publish(AGENT, "agent");
        docker = registries.publish(DOCKER, "docker");
        registries.publish(ATHENS, "athens");
        registries.publish(OWN, "own agent");
        publishChart(agent);
        artifacts = new ArrayList<>(List.of(
                artifact("agent-stack-k8s", CHART, false, "pins.json", "charts.agent-stack-k8s"),
                artifact("agent", AGENT, true, "pins.json", "images.agent"),
                artifact("docker", DOCKER + "@" + docker, false, "pins.json", "images.docker"),
                artifact("athens", ATHENS, false, "pins.json", "images.athens"),
                artifact("queues.big.image", OWN, false, "my stack.yaml", "queues.big.image")));
    }

    private String publishChart(String agentDigest) throws Exception {
        return publishChartWith("ghcr.io/buildkite/agent@" + agentDigest);
    }

    private String publishChartWith(String agentReference) throws Exception {
        return registries.publish(
                CHART,
                Registries.chart(
                        scratch,
                        "ghcr.io/buildkite/agent-stack-k8s/controller@sha256:" + "1".repeat(64),
                        agentReference));
    }

    private static MirroredArtifact artifact(
            String name, String source, boolean namedByChart, String file, String key) {
        var copy = ImageReference.of(MIRROR + "/" + source);
        return new MirroredArtifact(name, ImageReference.of(source), copy, namedByChart, new PinPlace(file, key));
    }

    private String script() {
        return MirrorScript.of(new MirrorContents("dev", MIRROR, artifacts));
    }

    private static String copyOf(String name) {
        return MIRROR + "/" + name;
    }

    @Test
    void shellcheckFindsNothingInIt() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "shellcheck"))));
        var file = Files.writeString(scratch.resolve("fill"), script());
        var shellcheck = new ProcessBuilder("shellcheck", file.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(shellcheck.getInputStream().readAllBytes()).asString().isEmpty();
        assertThat(shellcheck.waitFor()).isZero();
    }

    @Test
    void anEmptyMirrorGetsEverythingWithItsDigest() throws Exception {
        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Stream.of(CHART, AGENT, ATHENS, OWN))
                .allSatisfy(name -> assertThat(registries.digestOf(copyOf(name)))
                        .isNotEmpty()
                        .isEqualTo(registries.digestOf(name)));
        assertThat(registries.digestOf(MIRROR + "/docker.io/library/docker@" + docker))
                .isEqualTo(docker);
        assertThat(run.out()).endsWith(MIRROR + " has all 5 that stack dev needs; 5 copied now.\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whatIsThereIsNotCopiedAgain() throws Exception {
        registries.run(script());
        registries.calls();

        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registries.calls()).isNotEmpty().noneMatch(call -> call.startsWith("copy"));
        assertThat(run.out()).endsWith("has all 5 that stack dev needs; 0 copied now.\n");
    }

    @Test
    void whatIsPinnedIsCopiedByItsDigestWhereverItsTagHasGone() throws Exception {
        registries.publish(DOCKER, "another docker");

        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registries.digestOf(MIRROR + "/docker.io/library/docker@" + docker))
                .isEqualTo(docker);
    }

    @Test
    void aPinnedDigestThatItsSourceNoLongerHasIsToldAndNothingElseIsCopiedInItsPlace() throws Exception {
        registries.publish(DOCKER, "another docker");
        registries.forget("docker.io/library/docker", docker);

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("1 of the 5 that stack dev takes from ")
                .contains("docker: not copied: docker.io/library/docker@" + docker + " is not there");
        assertThat(registries.digestOf(copyOf(DOCKER))).isEmpty();
        assertThat(registries.digestOf(copyOf(ATHENS))).isNotEmpty();
    }

    @Test
    void allThatDiffersAtTheMirrorIsToldAtOnce() throws Exception {
        registries.run(script());
        registries.forget(MIRROR + "/docker.io/library/docker", docker);
        var wrongAgent = registries.publish(copyOf(AGENT), "not the agent");
        artifacts.add(artifact("netshoot", "docker.io/nicolaka/netshoot:v0.16", false, "pins.json", "images.netshoot"));

        var run = registries.run(script(), "--check");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("3 of the 6 that stack dev takes from ")
                .contains("docker: " + MIRROR + "/docker.io/library/docker@" + docker + " is not there")
                .contains("agent: " + copyOf(AGENT) + " is " + wrongAgent + ", and should be " + agent)
                .contains("netshoot: " + MIRROR + "/docker.io/nicolaka/netshoot:v0.16 is not there");
    }

    /** Its pods ask for the digest, and another stack may have filled the mirror with the tag that it runs. */
    @Test
    void aPinnedImageIsThereByItsDigestAndTakesNoTagFromAnother() throws Exception {
        var other = registries.publish(copyOf(DOCKER), "docker of another stack");

        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registries.digestOf(MIRROR + "/docker.io/library/docker@" + docker))
                .isEqualTo(docker);
        assertThat(registries.digestOf(copyOf(DOCKER))).isEqualTo(other);
        assertThat(run.out()).contains("ok       " + MIRROR + "/docker.io/library/docker " + docker);
    }

    @Test
    void whatOneStackPinsIsNotTheVersionThatAnotherAsksFor() throws Exception {
        var pinned = registries.digestOf(OWN);
        artifacts.set(
                4, artifact("queues.big.image", OWN + "@" + pinned, false, "Pulumi.dev.yaml", "queues.big.image"));
        var one = script();
        artifacts.set(4, artifact("queues.big.image", OWN, false, "Pulumi.prod.yaml", "queues.big.image"));
        var other = script();
        var moved = registries.publish(OWN, "its next build");

        registries.run(one);
        assertThat(registries.run(other, "--check").err())
                .contains("queues.big.image: " + copyOf(OWN) + " is not there");
        var run = registries.run(other);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registries.digestOf(copyOf(OWN))).isEqualTo(moved);
        assertThat(registries.digestOf(MIRROR + "/ghcr.io/acme/agent@" + pinned))
                .isEqualTo(pinned);
    }

    @Test
    void thePinnedImageHasATagWithItsDigestInIt() throws Exception {
        registries.run(script());

        assertThat(registries.digestOf(copyOf(DOCKER) + "-" + docker.substring("sha256:".length(), 19)))
                .isEqualTo(docker);
        assertThat(registries.digestOf(copyOf(DOCKER))).as("the version alone").isEmpty();
    }

    @Test
    void theLongestTagLeavesRoomForTheDigest() {
        var longest = "v" + "1".repeat(127);

        assertThat(artifact("docker", "docker:" + longest + "@" + docker, false, "pins.json", "images.docker")
                        .kept()
                        .tag())
                .contains(longest.substring(0, 115) + "-" + docker.substring("sha256:".length(), 19));
    }

    /** Helm asks for the version of a chart beside its digest. */
    @Test
    void thePinnedDigestOfAChartTakesThePlaceOfWhatIsAtTheMirror() throws Exception {
        var chart = registries.digestOf(CHART);
        artifacts.set(
                0, artifact("agent-stack-k8s", CHART + "@" + chart, false, "pins.json", "charts.agent-stack-k8s"));
        registries.publish(copyOf(CHART), "not the chart");

        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registries.digestOf(copyOf(CHART))).isEqualTo(chart);
    }

    @Test
    void twoDigestsOfOneTagAreBothThereAndNothingIsCopiedTwice() throws Exception {
        var before = queueImage("queues.big.image", "own agent");
        var after = queueImage("queues.small.image", "its next build");

        var first = registries.run(script());
        registries.calls();
        var second = registries.run(script());

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(Stream.of(before, after))
                .allSatisfy(digest -> assertThat(registries.digestOf(MIRROR + "/ghcr.io/acme/agent@" + digest))
                        .isEqualTo(digest));
        assertThat(registries.digestOf(copyOf(OWN))).as("the tag").isEmpty();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).endsWith("has all 6 that stack dev needs; 0 copied now.\n");
        assertThat(registries.calls()).noneMatch(call -> call.startsWith("copy") || call.startsWith("tag"));
    }

    @Test
    void aTagIsWhatItsSourceHasForTheQueueThatNamesNoDigest() throws Exception {
        var pinned = registries.digestOf(OWN);
        var moved = registries.publish(OWN, "its next build");
        artifacts.add(
                artifact("queues.small.image", OWN + "@" + pinned, false, "Pulumi.dev.yaml", "queues.small.image"));

        var first = registries.run(script());
        var second = registries.run(script());

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(registries.digestOf(copyOf(OWN))).isEqualTo(moved);
        assertThat(registries.digestOf(MIRROR + "/ghcr.io/acme/agent@" + pinned))
                .isEqualTo(pinned);
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).endsWith("has all 6 that stack dev needs; 0 copied now.\n");
    }

    @Test
    void aTagThatTheMirrorRefusesIsToldAfterTheImageIsThere() throws Exception {
        registries.fault("tag " + MIRROR + "/docker.io/library/docker");

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("docker: is there, but did not get its tag: us-docker.pkg.dev lets nobody in")
                .contains("1 of the 5 that stack dev takes from ");
    }

    /** Pins a queue's image by a tag that is moved with each build, in place of what the fleet of this test has. */
    private String queueImage(String key, String content) throws Exception {
        var digest = registries.publish(OWN, content);
        artifacts.removeIf(artifact -> artifact.name().equals(key));
        artifacts.add(artifact(key, OWN + "@" + digest, false, "Pulumi.dev.yaml", key));
        return digest;
    }

    @Test
    void aVersionThatWasMovedAtItsSourceDoesNotReachTheMirror() throws Exception {
        registries.run(script());
        var before = registries.digestOf(copyOf(ATHENS));
        var after = registries.publish(ATHENS, "another athens");

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("athens: was copied as " + before + " and is " + after + " at its source now")
                .contains("Pin the one that you want");
        assertThat(registries.digestOf(copyOf(ATHENS))).isEqualTo(before);
    }

    @Test
    void whatTheChartNamesIsCopiedByThatDigest() throws Exception {
        registries.publish(AGENT, "an agent that the chart was not released with");

        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registries.digestOf(copyOf(AGENT))).isEqualTo(agent);
    }

    /** Else a version would be another at the mirror, for everybody who uses it. */
    @Test
    void aVersionThatTheChartWasNotReleasedWithIsToldAndNotCopied() throws Exception {
        publishChartWith(
                "ghcr.io/buildkite/agent:9.9.9@" + registries.publish("ghcr.io/buildkite/agent:9.9.9", "newer"));

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("but the chart was released with 9.9.9; images.agent in pins.json moves with the chart");
        assertThat(registries.digestOf(copyOf(AGENT))).isEmpty();
    }

    @Test
    void aPinThatIsNotWhatTheChartNamesIsTold() throws Exception {
        var pinned = registries.publish(AGENT, "the agent of another chart");
        artifacts.set(1, artifact("agent", AGENT + "@" + pinned, true, "pins.json", "images.agent"));

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("agent: is pinned as " + pinned + ", but the chart was released with " + agent);
        assertThat(registries.digestOf(copyOf(AGENT))).isEmpty();
    }

    @Test
    void withoutTheChartNothingIsCopiedThatItNames() throws Exception {
        registries.fault("copy ghcr.io/buildkite/helm/agent-stack-k8s");

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("2 of the 5 that stack dev takes from ")
                .contains(
                        "agent-stack-k8s: not copied: PATCH https://us-docker.pkg.dev/v2/: unexpected status code 500")
                .contains("agent: not copied: the chart, which names its digest, is not at the mirror yet");
        assertThat(registries.digestOf(copyOf(AGENT))).isEmpty();
    }

    @Test
    void aChartThatIsNoneIsTold() throws Exception {
        registries.publish(CHART, "not an archive");

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("agent-stack-k8s: " + copyOf(CHART)
                        + " is no chart whose agent-stack-k8s/values.yaml can be read");
    }

    @Test
    void afterACopyThatFailedTheRestIsCopiedAndTheNextRunGoesOn() throws Exception {
        registries.fault("copy docker.io/library/docker");

        var first = registries.run(script());

        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.err())
                .contains("docker: not copied: ", "500 Internal Server Error", "1 of the 5 that stack dev takes from ");
        assertThat(first.out()).doesNotContain("ok       " + MIRROR + "/docker.io/library/docker");
        assertThat(registries.digestOf(copyOf(DOCKER))).isEmpty();
        assertThat(registries.digestOf(copyOf(OWN))).isNotEmpty();

        registries.removeFaults();
        var second = registries.run(script());

        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).endsWith("has all 5 that stack dev needs; 1 copied now.\n");
    }

    @Test
    void anImageThatNobodyPublishesIsTold() throws Exception {
        artifacts.add(
                artifact("queues.small.image", "ghcr.io/acme/agnet:3", false, "Pulumi.dev.yaml", "queues.small.image"));

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("queues.small.image: ghcr.io/acme/agnet:3 is not there");
    }

    @Test
    void aMirrorThatAnswersWithPagesIsFilledLikeAnyOther() throws Exception {
        registries.fault("page us-docker.pkg.dev");

        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).endsWith("has all 5 that stack dev needs; 5 copied now.\n");
    }

    @Test
    void ofAPageThatSaysNoTheFirstLineIsTold() throws Exception {
        registries.fault("page ghcr.io");
        artifacts.add(
                artifact("queues.small.image", "ghcr.io/acme/agnet:3", false, "Pulumi.dev.yaml", "queues.small.image"));

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("queues.small.image: ghcr.io/acme/agnet:3 is not there: GET https://ghcr.io/v2/acme/agnet/"
                        + "manifests/3: unexpected status code 404 Not Found: <html>\n")
                .doesNotContain("for people");
    }

    @Test
    void whoIsNotLoggedInIsToldHowBesideAPageToo() throws Exception {
        registries.fault("denied us-docker.pkg.dev");
        registries.fault("page us-docker.pkg.dev");

        assertThat(registries.run(script()).err())
                .contains("5 of the 5 that stack dev takes from ")
                .contains("log in with: gcloud auth configure-docker us-docker.pkg.dev");
    }

    /** With a copy, it is the source or the mirror that says no. */
    @Test
    void whoRefusesACopyWithAPageIsToldByItsOwnName() throws Exception {
        registries.publish(DOCKER, "another docker");
        registries.forget("docker.io/library/docker", docker);
        registries.fault("page docker.io");

        assertThat(registries.run(script()).err())
                .contains("docker: not copied: docker.io/library/docker@" + docker + " is not there");
    }

    @Test
    void whoIsNotLoggedInIsToldHow() throws Exception {
        registries.fault("denied us-docker.pkg.dev");

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("5 of the 5 that stack dev takes from ")
                .contains("log in with: gcloud auth configure-docker us-docker.pkg.dev");
        assertThat(registries.calls()).noneMatch(call -> call.startsWith("copy"));
    }

    @Test
    void aSourceThatWantsALoginIsToldByItsOwnName() throws Exception {
        registries.fault("denied ghcr.io");

        var run = registries.run(script());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("queues.big.image: ghcr.io lets nobody in", "crane auth login ghcr.io");
        assertThat(registries.digestOf(copyOf(ATHENS))).isNotEmpty();
    }

    @Test
    void whatIsThereStaysWhenItsSourceCannotBeAsked() throws Exception {
        registries.run(script());
        registries.fault("denied ghcr.io");
        registries.fault("denied docker.io");

        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("note     athens: the copy that is there stays; its source cannot be asked: docker.io lets")
                .contains(
                        "\"source\": \"https://us-docker.pkg.dev/v2/acme-ci/mirror/docker.io/gomods/athens/manifests/v0.18.0\",")
                .endsWith("has all 5 that stack dev needs; 0 copied now.\n");
    }

    @Test
    void aCheckAsksNobodyButTheMirrorAndCopiesNothing() throws Exception {
        registries.run(script());
        registries.calls();

        var run = registries.run(script(), "--check");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registries.calls())
                .isNotEmpty()
                .allMatch(
                        call -> call.startsWith("digest " + MIRROR + "/") || call.startsWith("export " + MIRROR + "/"));
        assertThat(run.out()).contains("ok       " + MIRROR + "/docker.io/library/docker " + docker);
    }

    @Test
    void whatNobodyPinnedIsShownWithWhereToWriteIt() throws Exception {
        var run = registries.run(script());

        assertThat(run.out())
                .contains("in pins.json, images.athens, in place of digest, why, source and seen:")
                .contains("\"digest\": \"" + registries.digestOf(ATHENS) + "\",")
                .contains("\"source\": \"https://index.docker.io/v2/gomods/athens/manifests/v0.18.0\",")
                .contains("\"source\": \"https://ghcr.io/v2/buildkite/agent/manifests/" + agent + "\",")
                .containsPattern("\"seen\": \"\\d{4}-\\d\\d-\\d\\d\"")
                .contains("in my stack.yaml, queues.big.image: " + OWN + "@" + registries.digestOf(OWN))
                .doesNotContain("images.docker");
    }

    @Test
    void whatACheckShowsWasSeenAtTheMirror() throws Exception {
        registries.run(script());

        assertThat(registries.run(script(), "--check").out())
                .contains(
                        "\"source\": \"https://us-docker.pkg.dev/v2/acme-ci/mirror/docker.io/gomods/athens/manifests/v0.18.0\",");
    }

    @Test
    void whatHasNoVersionIsKeptUnderItsDigest() throws Exception {
        var source = "ghcr.io/acme/agent@" + registries.digestOf(OWN);
        artifacts.set(4, artifact("queues.big.image", source, false, "Pulumi.dev.yaml", "queues.big.image"));

        var run = registries.run(script());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(registries.digestOf(copyOf(source))).isEqualTo(registries.digestOf(OWN));
    }

    @Test
    void withoutCraneItSaysWhereToGetIt() throws Exception {
        var run = registries.run(scratch.toString(), script(), new String[0]);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("crane is not installed; see https://").hasLineCount(1);
    }

    @Test
    void anUnknownOptionIsWrongUsage() throws Exception {
        var run = registries.run(script(), "--chekc");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("there is no such option: --chekc; there is --check\n");
        assertThat(registries.calls()).isEmpty();
    }

    @Test
    void aNameOfAStackRunsNothing() throws Exception {
        var script = MirrorScript.of(new MirrorContents("it's $(touch pwned) `id`", MIRROR, artifacts));

        var run = registries.run(script);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("that stack it's $(touch pwned) `id` needs");
    }
}
