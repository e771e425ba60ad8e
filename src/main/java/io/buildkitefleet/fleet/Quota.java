package io.buildkitefleet.fleet;

/**
 * What the fleet needs of a Compute Engine quota when every pool is at its maximum and one is being upgraded.
 *
 * @param metric Google's name, as {@code gcloud compute regions describe} prints it
 * @param amount in the metric's own unit: vCPUs, GB, addresses or GPUs
 */
public record Quota(String metric, long amount) {}
