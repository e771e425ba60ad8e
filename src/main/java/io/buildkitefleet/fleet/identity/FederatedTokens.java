package io.buildkitefleet.fleet.identity;

import java.util.Map;

/**
 * Tokens of an issuer outside of Google Cloud, by which Google takes whoever has one for somebody:
 * https://cloud.google.com/iam/docs/workload-identity-federation
 */
public sealed interface FederatedTokens permits JobTokens, WorkflowTokens {
    /** Who issues them, as a URL. */
    String issuer();

    /** The id of the provider that takes them, 4 to 32 characters. */
    String provider();

    /** Whose they are, in words. */
    String owner();

    /** What an identity is made of, as expressions on a token's claims. */
    Map<String, String> mapping();

    /** The attribute among those by which policies know the identities, and its value. */
    Map.Entry<String, String> identity();

    /** The condition that a token has to meet, in the Common Expression Language. */
    String condition();
}
