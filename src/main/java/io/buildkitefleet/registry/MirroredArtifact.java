package io.buildkitefleet.registry;

import io.buildkitefleet.fleet.images.ImageReference;

/**
 * A chart or an image of which a registry mirror holds a copy.
 *
 * @param name what it is called: as in {@code pins.json}, or by the key that names it
 * @param source where it is published, with the digest if it is pinned
 * @param copy where the mirror holds it
 * @param namedByChart whether the chart names its digest, too
 * @param pin where its digest stands, or would stand
 */
public record MirroredArtifact(
        String name, ImageReference source, ImageReference copy, boolean namedByChart, PinPlace pin) {
    /**
     * Where a version is pinned.
     *
     * @param file a file of the project
     * @param key with dots between its parts
     */
    public record PinPlace(String file, String key) {}
}
