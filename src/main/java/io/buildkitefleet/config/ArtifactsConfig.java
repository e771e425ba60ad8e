package io.buildkitefleet.config;

import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.Section;

/**
 * The artifact store.
 *
 * @param location a region or multi-region of Cloud Storage
 * @param keepDays days after which an artifact is deleted
 */
public record ArtifactsConfig(String location, int keepDays) {
    /** @param region of the fleet, where artifacts are kept unless something else is said */
    static ArtifactsConfig read(Section in, String region) {
        return new ArtifactsConfig(
                in.field("location", "Where artifacts are kept: a region or a multi-region such as US")
                        .text(Forms.LOCATION, "a location of Cloud Storage, such as us-west1 or US")
                        .orElse(region, "the region"),
                in.field("keepDays", "Days after which an artifact is deleted")
                        .integer(1, 3650)
                        .orElse(30));
    }
}
