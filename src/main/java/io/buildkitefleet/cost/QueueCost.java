package io.buildkitefleet.cost;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A queue's part of its pool's cost: as large as its part of the nodes that the pool's queues may fill.
 *
 * @param nodes that its jobs may fill
 * @param ofNodes that the jobs of all queues of the pool may fill
 * @param amounts in USD; the queues of a pool add up to the pool
 * @param isLowerBound whether something of the pool has no price, so that it costs more than the amounts say
 */
public record QueueCost(
        String queue, String pool, int nodes, int ofNodes, Map<Scenario, BigDecimal> amounts, boolean isLowerBound) {
    public QueueCost {
        amounts = Map.copyOf(amounts);
    }
}
