package io.buildkitefleet.gcp;

import com.pulumi.core.Output;

/**
 * What a {@link NodeIdentity} is made of.
 *
 * @param project the project, once IAM is on
 * @param policyProject the project, once its own policy can be changed
 * @param account the id of the service account
 * @param streamsImages whether any of the nodes starts containers before their images have arrived whole
 */
public record NodeIdentityArgs(
        Output<String> project, Output<String> policyProject, String account, boolean streamsImages) {}
