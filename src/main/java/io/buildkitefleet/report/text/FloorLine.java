package io.buildkitefleet.report.text;

import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.Line;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.cost.Scenario;
import io.buildkitefleet.fleet.Fleet;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What a fleet costs a month although nothing is built, by its dearest lines. */
public record FloorLine(Fleet fleet) {
    /** Of a fleet whose pools have no fewest nodes, these are most of the sum. */
    private static final int LINES = 4;

    @Override
    public String toString() {
        if (fleet.isLocal()) {
            return "";
        }
        var month = new Estimator(PriceList.latest()).estimate(fleet).month(Scenario.MIN);
        return "Of what it costs at min, "
                + month.lines().stream()
                        .sorted(Comparator.comparing(Line::amount).reversed())
                        .limit(LINES)
                        .map(line -> Money.amount(line.amount()) + " is for " + line.what())
                        .collect(Collectors.joining(", "))
                + "; volumes are assumed, see: ./fleet explain usage; docs/costs.md says how to go lower\n";
    }
}
