package io.buildkitefleet.cost;

import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.Pool;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Estimates what a fleet costs a month. */
public final class Estimator {
    private final PriceList prices;

    public Estimator(PriceList prices) {
        this.prices = prices;
    }

    /** The estimate; what has no price is listed in it and is in no sum. */
    public Estimate estimate(Fleet fleet) {
        var gaps = new LinkedHashSet<NotPriced>();
        var months = months(fleet, gaps);
        return new Estimate(
                fleet.config().stack(),
                prices.date(),
                region(fleet),
                months,
                pools(fleet, months, gaps),
                new QueueShares(fleet, months).costs(),
                new Alternatives(prices, fleet).all(),
                Stream.concat(gaps.stream(), OutsideTheSums.of(fleet).stream()).toList(),
                OutsideTheSums.notes(fleet, prices));
    }

    /** The sums of an estimate alone: most of its time goes into the alternatives. */
    public MonthSums sums(Fleet fleet) {
        var gaps = new LinkedHashSet<NotPriced>();
        var months = months(fleet, gaps);
        pools(fleet, months, gaps);
        return new MonthSums(
                prices.date(),
                region(fleet),
                gaps.stream().anyMatch(NotPriced::isGap),
                months.get(Scenario.MIN.ordinal()).sum(),
                months.get(Scenario.LOAD.ordinal()).sum(),
                months.get(Scenario.MAX.ordinal()).sum());
    }

    private static String region(Fleet fleet) {
        return fleet.isLocal() ? "no region" : fleet.config().region();
    }

    private List<Month> months(Fleet fleet, Set<NotPriced> gaps) {
        return Arrays.stream(Scenario.values())
                .map(scenario -> month(fleet, scenario, gaps))
                .toList();
    }

    private List<PoolCost> pools(Fleet fleet, List<Month> months, Set<NotPriced> gaps) {
        return fleet.nodePools().stream()
                .map(pool -> pool(fleet, pool, months, gaps))
                .toList();
    }

    private Month month(Fleet fleet, Scenario scenario, Set<NotPriced> gaps) {
        var pools = new PoolLines(prices, fleet.config().region());
        var bill = new Bill();
        var all = BigDecimal.ZERO;
        for (var pool : fleet.nodePools()) {
            var nodeHours = NodeHours.of(pool, scenario);
            pools.addTo(bill, pool, pool.primary().capacity(), nodeHours);
            all = all.add(nodeHours);
        }
        if (!fleet.isLocal()) {
            new SharedLines(prices, fleet).addTo(bill, all);
        }
        gaps.addAll(bill.gaps());
        return bill.month(scenario);
    }

    private PoolCost pool(Fleet fleet, Pool pool, List<Month> months, Set<NotPriced> gaps) {
        var own = months.stream().map(month -> month.of(pool.name())).toList();
        var onDemand = new ArrayList<Month>();
        if (pool.fallback().isPresent()) {
            for (var scenario : Scenario.values()) {
                var bill = new Bill();
                new PoolLines(prices, fleet.config().region())
                        .addTo(bill, pool, Capacity.ON_DEMAND, NodeHours.of(pool, scenario));
                gaps.addAll(bill.gaps());
                onDemand.add(bill.month(scenario));
            }
        }
        return new PoolCost(
                pool.name(), pool.machine().name(), Spelling.of(pool.primary().capacity()), own, onDemand);
    }
}
