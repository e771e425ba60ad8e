package io.buildkitefleet.cost;

import io.buildkitefleet.cloud.LocalSsds;
import io.buildkitefleet.config.value.Capacity;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.fleet.Pool;
import io.buildkitefleet.text.Count;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The lines of a pool: machines, GPUs, boot disks and local SSDs, all only for as long as nodes exist. */
final class PoolLines {
    private final PriceList prices;
    private final String region;

    PoolLines(PriceList prices, String region) {
        this.prices = prices;
        this.region = region;
    }

    void addTo(Bill bill, Pool pool, Capacity capacity, BigDecimal nodeHours) {
        var isWhole = prices.isWhole(pool.machine(), region);
        bill.add(
                pool.name(),
                pool.name() + ": " + pool.machine().name() + (isWhole ? " with its GPUs " : " ")
                        + Spelling.of(capacity),
                nodeHours,
                "h",
                prices.machine(pool.machine(), capacity, region));
        if (!isWhole) {
            addGpus(bill, pool, capacity, nodeHours);
        }
        bill.add(
                pool.name(),
                pool.name() + ": " + pool.diskType().apiName() + " of "
                        + pool.config().diskGb() + " GB a node",
                gbMonths(nodeHours, pool.config().diskGb()),
                "GB-month",
                prices.disk(pool.diskType(), region));
        if (!isWhole) {
            addLocalSsds(bill, pool, capacity, nodeHours);
        }
    }

    private void addGpus(Bill bill, Pool pool, Capacity capacity, BigDecimal nodeHours) {
        pool.config()
                .accelerator()
                .ifPresent(gpu -> bill.add(
                        pool.name(),
                        pool.name() + ": " + gpu.type() + " " + Spelling.of(capacity),
                        nodeHours.multiply(BigDecimal.valueOf(gpu.count())),
                        "h",
                        prices.gpu(gpu.type(), capacity, region)));
    }

    private void addLocalSsds(Bill bill, Pool pool, Capacity capacity, BigDecimal nodeHours) {
        if (pool.localSsds() > 0) {
            bill.add(
                    pool.name(),
                    pool.name() + ": " + new Count(pool.localSsds(), "local SSD") + " a node " + Spelling.of(capacity),
                    gbMonths(nodeHours, pool.localSsds() * LocalSsds.GIB),
                    "GB-month",
                    prices.localSsd(pool.machine(), capacity, region));
        }
    }

    /** Of disks that each node has. */
    private static BigDecimal gbMonths(BigDecimal nodeHours, int gb) {
        return nodeHours
                .multiply(BigDecimal.valueOf(gb))
                .divide(BigDecimal.valueOf(Estimate.HOURS), 0, RoundingMode.HALF_UP);
    }
}
