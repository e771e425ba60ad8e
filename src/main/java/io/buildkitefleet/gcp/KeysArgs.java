package io.buildkitefleet.gcp;

import com.pulumi.core.Output;
import java.util.Map;

/**
 * What {@link Keys} are made of.
 *
 * @param kmsProject the project, once Cloud KMS is on
 * @param computeProject the project, once Compute Engine is on
 * @param containerProject the project, once GKE is on
 * @param registryProject the project, once Artifact Registry is on
 * @param secretProject the project, once Secret Manager is on
 */
public record KeysArgs(
        Output<String> kmsProject,
        Output<String> computeProject,
        Output<String> containerProject,
        Output<String> registryProject,
        Output<String> secretProject,
        String region,
        Map<String, String> labels,
        boolean protect) {}
