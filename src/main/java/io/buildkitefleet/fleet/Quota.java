package io.buildkitefleet.fleet;

/**
 * What the fleet needs of a Compute Engine quota when every pool is at its maximum and one is being upgraded.
 *
 * @param metric Google's name, as {@code gcloud compute regions describe} prints it; with a value of its dimension
 *     behind a colon if it has one
 * @param amount in the metric's own unit: vCPUs, GB, addresses or GPUs
 */
public record Quota(String metric, long amount) {
    /**
     * Whether it counts nodes that Google may take back. A project that has none of it uses the others for them:
     * https://docs.cloud.google.com/compute/resource-usage
     */
    public boolean isOfReclaimable() {
        return metric.startsWith("PREEMPTIBLE_");
    }
}
