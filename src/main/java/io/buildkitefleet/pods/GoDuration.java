package io.buildkitefleet.pods;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A time as the controller reads one, {@code 10m} or {@code 1h30m}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">its notation</a>
 */
record GoDuration(BigDecimal seconds) {
    private static final String PART = "(\\d{1,9}(?:\\.\\d{0,9})?|\\.\\d{1,9})(ns|us|\u00b5s|ms|s|m|h)";

    private static final Pattern FORM = Pattern.compile("0|(?:" + PART + ")+");

    private static final Pattern ONE = Pattern.compile(PART);

    private static final Map<String, BigDecimal> UNITS = Map.of(
            "ns", new BigDecimal("1e-9"),
            "us", new BigDecimal("1e-6"),
            "\u00b5s", new BigDecimal("1e-6"),
            "ms", new BigDecimal("1e-3"),
            "s", BigDecimal.ONE,
            "m", BigDecimal.valueOf(60),
            "h", BigDecimal.valueOf(3600));

    /** None that is negative: the controller has no use for one. */
    static Optional<GoDuration> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new GoDuration(ONE.matcher(text)
                .results()
                .map(part -> new BigDecimal(part.group(1)).multiply(UNITS.get(part.group(2))))
                .reduce(BigDecimal.ZERO, BigDecimal::add)));
    }
}
