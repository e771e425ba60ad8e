package io.buildkitefleet.cost;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * What one month costs, line by line.
 *
 * @param unpriced the pools of which something has no price and is in no line; an empty name for what the fleet shares
 */
public record Month(Scenario scenario, List<Line> lines, Set<String> unpriced) {
    public Month {
        lines = List.copyOf(lines);
        unpriced = Set.copyOf(unpriced);
    }

    /** The sum of the lines' amounts. */
    public BigDecimal sum() {
        return Line.sum(lines);
    }

    /** Whether something of the month has no price, so that it costs more than the sum says. */
    public boolean isLowerBound() {
        return !unpriced.isEmpty();
    }

    /** Whether a pool, or with an empty name what the whole fleet shares, costs more than its lines say. */
    public boolean isLowerBoundOf(String pool) {
        return unpriced.contains(pool);
    }

    /** What is known of a pool, or with an empty name of what the whole fleet shares. */
    Month of(String pool) {
        return new Month(
                scenario,
                lines.stream().filter(line -> line.pool().equals(pool)).toList(),
                isLowerBoundOf(pool) ? Set.of(pool) : Set.of());
    }

    /** The sum of a pool's lines, or with an empty name of what the whole fleet shares. */
    public BigDecimal sumOf(String pool) {
        return of(pool).sum();
    }
}
