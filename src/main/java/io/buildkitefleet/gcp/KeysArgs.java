package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import java.util.Map;

/**
 * What {@link Keys} are made of.
 *
 * @param kmsProject the project, once Cloud KMS is on
 * @param containerProject the project, once GKE is on
 * @param secretProject the project, once Secret Manager is on
 */
public record KeysArgs(
        Output<String> kmsProject,
        Output<String> containerProject,
        Output<String> secretProject,
        String region,
        Map<String, String> labels,
        boolean protect) {}
