package io.buildkitefleet.registry;

import io.buildkitefleet.fleet.images.ImageReference;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A chart or an image of which a registry mirror holds a copy.
 *
 * @param name what it is called: as in {@code pins.json}, or by the key that names it
 * @param source where it is published, with the digest if it is pinned
 * @param copy by which name the mirror is asked for it
 * @param namedByChart whether the chart names its digest, too
 * @param pin where its digest stands, or would stand
 */
public record MirroredArtifact(
        String name, ImageReference source, ImageReference copy, boolean namedByChart, PinPlace pin) {
    /** https://github.com/distribution/reference/blob/main/regexp.go */
    private static final int LONGEST_TAG = 128;

    private static final Pattern DIGEST = Pattern.compile("sha256:(?<beginning>[0-9a-f]{12})[0-9a-f]{52}");

    /** Whether who gets it asks the mirror for its tag: Helm asks for the version of a chart beside its digest. */
    boolean isFoundByTag() {
        return source.digest().isEmpty() || pin.isOfChart();
    }

    /**
     * What the mirror calls it. What is found by its digest has a tag that nobody asks for, with the beginning of that
     * digest in it, or none if it never had one: its version may be another image to another stack.
     */
    public ImageReference kept() {
        if (isFoundByTag()) {
            return copy.withoutDigest();
        }
        var ownTag = copy.tag().flatMap(tag -> source.digest().map(digest -> tagOf(tag, digest)));
        return new ImageReference(copy.registry(), copy.path(), ownTag, Optional.empty());
    }

    private static String tagOf(String tag, String digest) {
        var parts = DIGEST.matcher(digest);
        if (!parts.matches()) {
            throw new IllegalStateException("a pin's digest is checked where it is read, but there is " + digest);
        }
        var suffix = "-" + parts.group("beginning");
        return tag.substring(0, Math.min(tag.length(), LONGEST_TAG - suffix.length())) + suffix;
    }

    /**
     * Where a version is pinned.
     *
     * @param file a file of the project
     * @param key with dots between its parts
     */
    public record PinPlace(String file, String key) {
        private static final String CHARTS = "charts.";

        /** Of a chart. */
        static PinPlace ofChart(String file, String chart) {
            return new PinPlace(file, CHARTS + chart);
        }

        boolean isOfChart() {
            return key.startsWith(CHARTS);
        }
    }
}
