package io.buildkitefleet.cost;

import java.util.List;

/**
 * A pool of nodes.
 *
 * @param onDemand the same months if Google had no reclaimable node at all and the fallback held every one; none for a
 *     pool without a fallback
 */
public record PoolCost(String pool, String machineType, String capacity, List<Month> months, List<Month> onDemand) {
    public PoolCost {
        months = List.copyOf(months);
        onDemand = List.copyOf(onDemand);
    }

    /** Whether something of it has no price, so that it costs more than the sums say. */
    public boolean isLowerBound() {
        return months.stream().anyMatch(month -> month.isLowerBoundOf(pool));
    }
}
