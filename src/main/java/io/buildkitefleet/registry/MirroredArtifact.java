package io.buildkitefleet.registry;

import io.buildkitefleet.fleet.images.ImageReference;

/**
 * A chart or an image of which a registry mirror holds a copy.
 *
 * @param name what it is called: as in {@code pins.json}, or by the key that names it
 * @param source where it is published, with the digest if it is pinned
 * @param copy where the mirror holds it; with a tag, unless its digest says enough and the tag is another one's
 * @param namedByChart whether the chart names its digest, too
 * @param pin where its digest stands, or would stand
 */
public record MirroredArtifact(
        String name, ImageReference source, ImageReference copy, boolean namedByChart, PinPlace pin) {
    /** Whether who gets it asks the mirror for its tag: Helm asks for the version of a chart beside its digest. */
    boolean isFoundByTag() {
        return source.digest().isEmpty() || pin.isOfChart();
    }

    MirroredArtifact withoutTag() {
        return new MirroredArtifact(name, source, copy.withoutTag(), namedByChart, pin);
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
