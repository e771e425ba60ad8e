package io.buildkitefleet.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One line of an estimate. Quantity and price are what is printed, so that their product, rounded once to cents, is the
 * amount.
 *
 * @param pool the pool that it belongs to; empty for what the whole fleet shares
 * @param what is paid for
 * @param unit of the quantity
 * @param price of one unit
 */
public record Line(String pool, String what, BigDecimal quantity, String unit, Price price) {
    /** In USD, to the cent. */
    public BigDecimal amount() {
        return quantity.multiply(price.amount()).setScale(2, RoundingMode.HALF_UP);
    }

    static BigDecimal sum(Iterable<Line> lines) {
        var sum = BigDecimal.ZERO.setScale(2);
        for (var line : lines) {
            sum = sum.add(line.amount());
        }
        return sum;
    }
}
