package io.buildkitefleet.pulumi;

import java.math.BigDecimal;

/** Numbers as Pulumi writes them into JSON, so that 3.0 reads 3. */
final class JsonNumbers {
    private JsonNumbers() {}

    /**
     * The shortest number that reads back as this one.
     *
     * @throws NumberFormatException if it is infinite or not a number
     */
    static Number shortest(Number number) {
        if (!(number instanceof Double)) {
            return number;
        }
        double value = number.doubleValue();
        if (value == (long) value && Math.abs(value) < Long.MAX_VALUE) {
            return (long) value;
        }
        return new BigDecimal(number.toString()).stripTrailingZeros();
    }
}
