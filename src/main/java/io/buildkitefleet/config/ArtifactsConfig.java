package io.buildkitefleet.config;

/**
 * The artifact store.
 *
 * @param location a region or multi-region of Cloud Storage
 * @param keepDays days after which an artifact is deleted
 */
public record ArtifactsConfig(String location, int keepDays) {}
