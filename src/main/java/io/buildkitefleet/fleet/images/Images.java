package io.buildkitefleet.fleet.images;

import io.buildkitefleet.config.value.RegistryMirror;
import io.buildkitefleet.pins.Pins;
import java.util.Optional;

/**
 * The chart and the images of a fleet, by the names under which its nodes and Helm get them: at the mirror, if there is
 * one. Nothing else in the program names an image or a chart.
 *
 * @param mirror the registry that holds copies of them
 * @param own what the names of images in the fleet's own registry begin with
 */
public record Images(Optional<RegistryMirror> mirror, String own) {
    /** The name of the chart of Buildkite's controller, in {@code pins.json} and at whoever keeps it. */
    public static final String CHART = "agent-stack-k8s";

    private static final String OCI = "oci://";

    /** An image that the fleet chooses. */
    public String pinned(PinnedImage image) {
        return named(image.published());
    }

    /** An image that the chart names as well: only a mirror makes it another one than the chart's own. */
    public Optional<String> besideChart(PinnedImage image) {
        return mirror.map(from -> pinned(image));
    }

    /** An image that a person named, or that stands in {@code pins.json}. */
    public String named(String reference) {
        return mirror.filter(from -> isCopied(reference))
                .map(from -> copy(ImageReference.of(reference)).toString())
                .orElse(reference);
    }

    /**
     * Whether the mirror holds a copy of an image. What is in a registry of Google's stays there: it is as near, and
     * may be for fewer eyes than a mirror is.
     */
    public boolean isCopied(String reference) {
        // A name that was refused is read as none.
        return mirror.filter(from -> !reference.isEmpty() && !from.holds(reference))
                        .isPresent()
                && !reference.startsWith(own + "/")
                && !RegistryMirror.isGoogles(reference);
    }

    /** The chart of Buildkite's controller, as Helm takes it beside its version. */
    public String chart() {
        var published = publishedChart();
        return forHelm(mirror.isPresent() ? copy(published) : published);
    }

    /** The chart where it is published: a registry keeps it as it keeps an image. */
    public static ImageReference publishedChart() {
        return ImageReference.of(Pins.chart(CHART).substring(OCI.length()));
    }

    /**
     * Whether a release's chart is that of Buildkite's controller: from where it is published, or a copy, which has
     * that in its name. What only ends like it may be anything.
     */
    public static boolean isControllerChart(String chart) {
        var name = chart.replaceFirst("@.*", "");
        var published = publishedChart().repository();
        return name.equals(OCI + published) || name.startsWith(OCI) && name.endsWith("/" + published);
    }

    public String chartVersion() {
        return publishedChart().tag().orElseThrow();
    }

    /** Helm gets what a digest names and refuses a version that is something else. */
    static String forHelm(ImageReference chart) {
        return OCI + chart.repository() + chart.digest().map(seen -> "@" + seen).orElse("");
    }

    /**
     * Where the mirror holds a copy. That keeps the name of its original, whose port would be a tag there.
     *
     * @throws java.util.NoSuchElementException if there is no mirror
     */
    public ImageReference copy(ImageReference original) {
        var address = mirror.orElseThrow().address();
        var slash = address.indexOf('/');
        var host = slash < 0 ? address : address.substring(0, slash);
        var below = slash < 0 ? "" : address.substring(slash + 1) + "/";
        return new ImageReference(
                host,
                below + original.registry().replace(':', '-') + "/" + original.path(),
                original.tag(),
                original.digest());
    }
}
