package io.buildkitefleet.engine.provider;

/**
 * Where a cluster's API is.
 *
 * @param endpoint without a scheme
 * @param authority the certificate of its authority, as base64 of PEM
 */
public record ClusterAddress(String endpoint, String authority) {}
