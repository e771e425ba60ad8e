package io.buildkitefleet.cost;

import java.math.BigDecimal;
import java.util.List;

/** What one month costs, line by line. */
public record Month(Scenario scenario, List<Line> lines) {
    public Month {
        lines = List.copyOf(lines);
    }

    /** The sum of the lines' amounts. */
    public BigDecimal sum() {
        return Line.sum(lines);
    }

    /** The sum of a pool's lines, or with an empty name of what the whole fleet shares. */
    public BigDecimal sumOf(String pool) {
        return Line.sum(lines.stream().filter(line -> line.pool().equals(pool)).toList());
    }
}
