package io.buildkitefleet.fleet;

import io.buildkitefleet.config.Capacity;

/**
 * Nodes that GKE manages as one node pool.
 *
 * @param name unique in the cluster
 * @param capacity how Google provides them
 * @param min fewest nodes, over all zones
 * @param max most nodes, over all zones
 */
public record NodeGroup(String name, Capacity capacity, int min, int max) {}
