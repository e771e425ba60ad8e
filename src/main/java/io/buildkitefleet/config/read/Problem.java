package io.buildkitefleet.config.read;

/**
 * One thing that is wrong with the configuration.
 *
 * @param path where it stands, from the key with its namespace down: {@code buildkite-fleet:fleet.pools.big.max}
 * @param message what was got, what is allowed, and what to do
 */
public record Problem(String path, String message) {}
