package io.buildkitefleet.registry;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.images.ImageReference;
import io.buildkitefleet.fleet.images.Images;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a fleet's registry mirror holds.
 *
 * @param stack whose fleet it is
 * @param address what the names of the copies begin with
 * @param artifacts each once, the chart first
 */
public record MirrorContents(String stack, String address, List<MirroredArtifact> artifacts) {
    private static final String PINS = "pins.json";

    public MirrorContents {
        artifacts = List.copyOf(artifacts);
    }

    /**
     * Of a fleet; nothing if it has no registry mirror.
     *
     * @param stackFile the name of the file with the stack's configuration
     */
    public static Optional<MirrorContents> of(Fleet fleet, String stackFile) {
        return fleet.config()
                .registryMirror()
                .map(mirror ->
                        new MirrorContents(fleet.config().stack(), mirror.address(), artifacts(fleet, stackFile)));
    }

    private static List<MirroredArtifact> artifacts(Fleet fleet, String stackFile) {
        var images = fleet.names().images();
        var artifacts = new LinkedHashMap<ImageReference, MirroredArtifact>();
        var chart = Images.publishedChart();
        add(artifacts, images, chart, Images.CHART, false, MirroredArtifact.PinPlace.ofChart(PINS, Images.CHART));
        for (var image : fleet.pinnedImages()) {
            add(
                    artifacts,
                    images,
                    ImageReference.of(image.published()),
                    image.id(),
                    image.isNamedByChart(),
                    new MirroredArtifact.PinPlace(PINS, "images." + image.id()));
        }
        fleet.namedImages().forEach((key, reference) -> {
            if (images.isCopied(reference)) {
                var source = ImageReference.of(reference);
                add(artifacts, images, source, key, false, new MirroredArtifact.PinPlace(stackFile, key));
            }
        });
        return List.copyOf(artifacts.values());
    }

    /** Two that name the same image have one copy. */
    private static void add(
            Map<ImageReference, MirroredArtifact> artifacts,
            Images images,
            ImageReference source,
            String name,
            boolean namedByChart,
            MirroredArtifact.PinPlace pin) {
        artifacts.putIfAbsent(source, new MirroredArtifact(name, source, images.copy(source), namedByChart, pin));
    }
}
