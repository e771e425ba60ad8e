package io.buildkitefleet.gcp;

import io.buildkitefleet.config.FleetConfig;
import java.util.Map;

/**
 * What the fleet's components in Google Cloud are told alike.
 *
 * @param region where what is regional is made
 * @param labels of whatever takes labels
 * @param protect whether what cannot be made again, and what others refer to, is protected from deletion
 */
public record CommonArgs(String region, Map<String, String> labels, boolean protect) {
    /** What a configuration says of them. */
    public static CommonArgs of(FleetConfig config) {
        return new CommonArgs(config.region(), config.labels(), config.protect());
    }
}
