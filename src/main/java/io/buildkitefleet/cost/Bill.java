package io.buildkitefleet.cost;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects lines, and what would be a line if it had a price. */
final class Bill {
    private final List<Line> lines = new ArrayList<>();
    private final Set<NotPriced> gaps = new LinkedHashSet<>();
    private final Set<String> unpriced = new LinkedHashSet<>();

    void add(String pool, String what, BigDecimal quantity, String unit, Optional<Price> price) {
        if (price.isPresent()) {
            lines.add(new Line(pool, what, quantity, unit, price.get()));
        } else if (quantity.signum() > 0) {
            gaps.add(new NotPriced(what, "the price list has no price of it in this place", true));
            unpriced.add(pool);
        }
    }

    /** What the whole fleet shares. */
    void add(String what, BigDecimal quantity, String unit, Optional<Price> price) {
        add("", what, quantity, unit, price);
    }

    Month month(Scenario scenario) {
        return new Month(scenario, lines, unpriced);
    }

    Set<NotPriced> gaps() {
        return gaps;
    }
}
