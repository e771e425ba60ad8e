package io.buildkitefleet.cost;

import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.fleet.SystemPool;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** For how long the nodes of a pool exist in a month. */
final class NodeHours {
    private static final int HOURS_A_WEEK = 168;

    private NodeHours() {}

    /** Hours, over all nodes, in whole numbers. */
    static BigDecimal of(Pool pool, Scenario scenario) {
        var group = pool.primary();
        return switch (scenario) {
            case MIN -> allMonth(group.min());
            case LOAD -> pool.isSystem() ? allMonth(SystemPool.steadyNodes(pool)) : atLoad(pool);
            case MAX -> allMonth(group.max());
        };
    }

    /** The fewest nodes all month, and during working hours as many more as the load says. */
    private static BigDecimal atLoad(Pool pool) {
        var load = pool.config().load();
        var min = BigDecimal.valueOf(pool.primary().min());
        var busy =
                BigDecimal.valueOf(pool.primary().max()).multiply(new BigDecimal(load.percentOfMax()).movePointLeft(2));
        var hours = BigDecimal.valueOf((long) load.hoursADay() * load.daysAWeek() * Estimate.HOURS);
        return min.multiply(BigDecimal.valueOf(Estimate.HOURS))
                .add(busy.subtract(min)
                        .max(BigDecimal.ZERO)
                        .multiply(hours)
                        .divide(BigDecimal.valueOf(HOURS_A_WEEK), 0, RoundingMode.HALF_UP));
    }

    private static BigDecimal allMonth(int nodes) {
        return BigDecimal.valueOf((long) nodes * Estimate.HOURS);
    }
}
