package io.buildkitefleet.report.text;

import io.buildkitefleet.cost.Estimate;
import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.cost.Scenario;
import io.buildkitefleet.fleet.Fleet;

/** What a fleet costs a month, in one line. */
public record CostLine(Fleet fleet) {
    @Override
    public String toString() {
        if (fleet.isLocal()) {
            return "Cost a month: nothing of Google's, since nothing of the fleet is there\n";
        }
        var estimate = new Estimator(PriceList.latest()).estimate(fleet);
        return "Cost a month: " + usd(estimate, Scenario.LOAD)
                + " USD at load, " + usd(estimate, Scenario.MIN) + " at min, " + usd(estimate, Scenario.MAX)
                + " at max (list prices of " + estimate.priceDate() + "; line by line: ./fleet cost)\n";
    }

    private static String usd(Estimate estimate, Scenario scenario) {
        return (estimate.month(scenario).isLowerBound() ? "at least " : "") + Money.amount(estimate.sum(scenario));
    }
}
