package io.buildkitefleet.report.text;

import io.buildkitefleet.cost.MonthSums;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.function.Function;

/** How amounts and quantities are written: with a comma at the thousands, in any locale. */
public final class Money {
    private Money() {}

    /** To the cent: {@code 5,547.97}. */
    public static String amount(BigDecimal usd) {
        return new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(usd);
    }

    /** The one of these sums that a column is of; of what lacks a price: {@code at least 5,547.97}. */
    public static String sum(MonthSums sums, Function<MonthSums, BigDecimal> column) {
        return (sums.isLowerBound() ? "at least " : "") + amount(column.apply(sums));
    }

    /** With a sign, for what is more or less than before. */
    public static String difference(BigDecimal usd) {
        return (usd.signum() > 0 ? "+" : "") + amount(usd);
    }

    /** With all its digits. */
    static String quantity(BigDecimal number) {
        return new DecimalFormat("#,##0.#########", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
