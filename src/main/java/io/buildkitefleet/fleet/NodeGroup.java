package io.buildkitefleet.fleet;

import io.buildkitefleet.cloud.Limit;
import io.buildkitefleet.config.value.Capacity;

/**
 * Nodes that GKE manages as one node pool.
 *
 * @param name its logical name in Pulumi, unique in the stack; Google's name of it is this one with
 *     {@link #ADDED_CHARACTERS} more
 * @param capacity how Google provides them
 * @param min fewest nodes, over all zones
 * @param max most nodes, over all zones
 * @param zones how many zones they are in
 */
public record NodeGroup(String name, Capacity capacity, int min, int max, int zones) {
    /** A hyphen and seven digits: https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming */
    public static final int ADDED_CHARACTERS = 8;

    /** How many nodes more than before an upgrade makes, before it takes old ones away. */
    public static final int SURGE = 1;

    /** Whether Google takes such a logical name, with what Pulumi adds. */
    public static boolean fits(String name) {
        return name.length() + ADDED_CHARACTERS <= Limit.NODE_POOL_NAME.most();
    }

    /**
     * Nodes that each zone begins with: what {@code min} needs, since the autoscaler keeps a lower bound, and does not
     * bring about one
     * (https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#my-cluster-is-below-minimum--above-maximum-number-of-nodes-but-ca-did-not-fix-that-why).
     * In three zones, one node at least begins as three; the autoscaler takes away what is idle.
     */
    public int startPerZone() {
        return (min + zones - 1) / zones;
    }

    /** The most nodes at a time: while the pool is upgraded, or when it has just been made. */
    public long most() {
        return Math.max(max + SURGE, startPerZone() * zones);
    }
}
