package io.buildkitefleet.fleet.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.pins.Pins;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names the fleet gets the chart and the images that others publish. */
class ImagesTest {
    private static final String OWN = "us-west1-docker.pkg.dev/acme-ci/ci-images";
    private static final String ADDRESS = "us-docker.pkg.dev/acme-ci/mirror";
    private static final String DIGEST = "@sha256:" + "0".repeat(64);

    private final Images published = new Images(Optional.empty(), OWN);
    private final Images mirrored = new Images(RegistryMirror.parse(ADDRESS), OWN);

    @ParameterizedTest
    @CsvSource({
        "docker:28.5.1-dind, docker.io/library/docker:28.5.1-dind",
        "gomods/athens:v0.18.0, docker.io/gomods/athens:v0.18.0",
        "docker.io/gomods/athens:v0.18.0, docker.io/gomods/athens:v0.18.0",
        "ghcr.io/buildkite/agent:3.136.2, ghcr.io/buildkite/agent:3.136.2",
        "localhost/agent:3, localhost/agent:3",
        "registry.example.com:5000/agent:3, registry.example.com-5000/agent:3"
    })
    void aCopyHasTheNameOfItsOriginal(String original, String below) {
        assertThat(mirrored.named(original)).isEqualTo(ADDRESS + "/" + below);
        assertThat(mirrored.named(original + DIGEST)).isEqualTo(ADDRESS + "/" + below + DIGEST);
    }

    @Test
    void anOriginalWithoutATagKeepsItsDigest() {
        assertThat(mirrored.named("ghcr.io/buildkite/agent" + DIGEST))
                .isEqualTo(ADDRESS + "/ghcr.io/buildkite/agent" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OWN + "/agent:3.104.0",
                ADDRESS + "/tools/agent:3.104.0",
                "europe-docker.pkg.dev/acme-images/private/agent:3.104.0",
                "gcr.io/acme-images/agent:3.104.0",
                "eu.gcr.io/acme-images/agent:3.104.0"
            })
    void whatIsOurOwnOrInAnotherRegistryOfGooglesStaysThere(String reference) {
        assertThat(mirrored.named(reference)).isEqualTo(reference);
        assertThat(mirrored.isCopied(reference)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkg.dev.example.com/agent:3", "example.com/pkg.dev/agent:3", "notgcr.io/agent:3"})
    void aHostThatOnlySoundsLikeGooglesIsCopied(String reference) {
        assertThat(mirrored.named(reference)).isEqualTo(ADDRESS + "/" + reference);
    }

    @Test
    void aMirrorThatIsAWholeRegistryHasNoPathBeforeTheCopies() {
        var whole = new Images(RegistryMirror.parse("registry.example.com:5000"), OWN);
        assertThat(whole.named("docker:28")).isEqualTo("registry.example.com:5000/docker.io/library/docker:28");
    }

    @ParameterizedTest
    @EnumSource(PinnedImage.class)
    void everyPinnedImageIsAtTheMirrorWithItsVersionAndDigest(PinnedImage image) {
        var copy = ImageReference.of(mirrored.pinned(image));
        var original = ImageReference.of(image.published());
        assertThat(copy.repository()).isEqualTo(ADDRESS + "/" + original.repository());
        assertThat(copy.tag()).isEqualTo(original.tag()).isPresent();
        assertThat(copy.digest()).isEqualTo(original.digest());
    }

    @ParameterizedTest
    @EnumSource(PinnedImage.class)
    void withoutAMirrorAnImageIsWherePeoplePublishIt(PinnedImage image) {
        assertThat(published.pinned(image)).isEqualTo(Pins.image(image.id()));
        assertThat(published.besideChart(image)).isEmpty();
    }

    @Test
    void theChartIsAtTheMirrorToo() {
        assertThat(published.chart()).isEqualTo("oci://ghcr.io/buildkite/helm/agent-stack-k8s");
        assertThat(mirrored.chart()).isEqualTo("oci://" + ADDRESS + "/ghcr.io/buildkite/helm/agent-stack-k8s");
        assertThat(mirrored.chartVersion()).isEqualTo(published.chartVersion());
    }

    @Test
    void aChartWhoseDigestIsKnownIsNamedByIt() {
        var chart = ImageReference.of("ghcr.io/buildkite/helm/agent-stack-k8s:0.47.0" + DIGEST);
        assertThat(Images.forHelm(chart)).isEqualTo("oci://ghcr.io/buildkite/helm/agent-stack-k8s" + DIGEST);
    }

    @ParameterizedTest
    @CsvSource({
        "oci://ghcr.io/buildkite/helm/agent-stack-k8s, true",
        "oci://ghcr.io/buildkite/helm/agent-stack-k8s@sha256:00, true",
        "oci://us-docker.pkg.dev/acme-ci/mirror/ghcr.io/buildkite/helm/agent-stack-k8s, true",
        "oci://evil.example.com/x/agent-stack-k8s, false",
        "oci://evil.example.com/buildkite/helm/agent-stack-k8s, false",
        "oci://evilghcr.io/buildkite/helm/agent-stack-k8s, false",
        "https://ghcr.io/buildkite/helm/agent-stack-k8s, false",
        "./ghcr.io/buildkite/helm/agent-stack-k8s, false",
        "agent-stack-k8s, false"
    })
    void theChartOfTheControllerIsKnownByWhereItIsPublished(String chart, boolean known) {
        assertThat(Images.isControllerChart(chart)).isEqualTo(known);
    }

    @Test
    void theControllerIsThatOfTheChart() {
        assertThat(ImageReference.of(PinnedImage.CONTROLLER.published()).tag())
                .as("images.controller moves with charts.agent-stack-k8s in pins.json")
                .isEqualTo(Images.publishedChart().tag());
    }

    @Test
    void aTextThatNamesNothingIsRefused() {
        assertThatThrownBy(() -> ImageReference.of("")).hasMessage("not the name of an image: \"\"");
    }
}
