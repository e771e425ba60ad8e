package io.buildkitefleet.cost;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.Queue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shares the cost of each pool out to its queues. */
final class QueueShares {
    private final Fleet fleet;
    private final List<Month> months;

    QueueShares(Fleet fleet, List<Month> months) {
        this.fleet = fleet;
        this.months = months;
    }

    List<QueueCost> costs() {
        var costs = new ArrayList<QueueCost>();
        var before = new HashMap<String, Integer>();
        for (var queue : fleet.queues()) {
            queue.pool().ifPresent(pool -> {
                var from = before.getOrDefault(pool.name(), 0);
                before.put(pool.name(), from + queue.nodes());
                costs.add(cost(queue, pool, from));
            });
        }
        return costs;
    }

    /** @param from how many nodes of the pool are those of queues before it */
    private QueueCost cost(Queue queue, Pool pool, int from) {
        var all = fleet.queues().stream()
                .filter(other -> other.isOn(pool))
                .mapToInt(Queue::nodes)
                .sum();
        return new QueueCost(
                queue.name(),
                pool.name(),
                queue.nodes(),
                all,
                amounts(pool.name(), from, queue.nodes(), all),
                months.stream().anyMatch(month -> month.isLowerBoundOf(pool.name())));
    }

    /** What lies between two marks of the pool's cost, so that the parts of all its queues add up to it. */
    private Map<Scenario, BigDecimal> amounts(String pool, int from, int nodes, int all) {
        var amounts = new EnumMap<Scenario, BigDecimal>(Scenario.class);
        for (var month : months) {
            var sum = month.sumOf(pool);
            amounts.put(month.scenario(), part(sum, from + nodes, all).subtract(part(sum, from, all)));
        }
        return amounts;
    }

    private static BigDecimal part(BigDecimal sum, int nodes, int all) {
        return sum.multiply(BigDecimal.valueOf(nodes)).divide(BigDecimal.valueOf(all), 2, RoundingMode.HALF_UP);
    }
}
