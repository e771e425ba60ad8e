package io.buildkitefleet.cost;

import java.math.BigDecimal;
import java.util.List;

/**
 * What a stack costs a month, in USD at list prices.
 *
 * @param priceDate of the machines' and disks' prices
 * @param region that they are of
 * @param months one a scenario, in their order
 * @param alternatives by pool: first its present machine type, then the cheapest others
 * @param notes what a reader of the sums must know
 */
public record Estimate(
        String stack,
        String priceDate,
        String region,
        List<Month> months,
        List<PoolCost> pools,
        List<QueueCost> queues,
        List<Alternative> alternatives,
        List<NotPriced> notPriced,
        List<String> notes) {
    /** Hours of a month, as Google counts them: https://cloud.google.com/products/calculator */
    public static final int HOURS = 730;

    public Estimate {
        months = List.copyOf(months);
        pools = List.copyOf(pools);
        queues = List.copyOf(queues);
        alternatives = List.copyOf(alternatives);
        notPriced = List.copyOf(notPriced);
        notes = List.copyOf(notes);
    }

    public Month month(Scenario scenario) {
        return months.get(scenario.ordinal());
    }

    public BigDecimal sum(Scenario scenario) {
        return month(scenario).sum();
    }

    /** Whether there is nothing that Google could bill. */
    public boolean isOfNothing() {
        return pools.isEmpty();
    }

    /** Whether something of the fleet has no price, so that it costs more than the sums say. */
    public boolean isLowerBound() {
        return notPriced.stream().anyMatch(NotPriced::isGap);
    }
}
