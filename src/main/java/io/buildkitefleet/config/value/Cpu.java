package io.buildkitefleet.config.value;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount of CPU.
 *
 * @param millis millicores: 1000 is one vCPU
 */
public record Cpu(int millis) implements Comparable<Cpu> {
    private static final BigDecimal MOST = BigDecimal.valueOf(9_999_999);

    private static final Pattern WITH_WORD = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(?i:v?cpus?|cores?)");

    private static final Pattern IN_THOUSANDTHS =
            Pattern.compile("([0-9]+)\\s*(?i:m\\s?(?:v?cpus?|cores?)|milli-?(?:cpus?|cores?))");

    /** Kubernetes' notation: {@code 500m}, {@code 2} or {@code 1.5}. */
    public static final Notation<Cpu> NOTATION =
            Notation.of(Quantity.FORM, Cpu::parse).because(Cpu::flaw);

    /** Reads Kubernetes' notation, in which no CPU is finer than a millicore. */
    public static Optional<Cpu> parse(String text) {
        return Quantity.parse(text)
                .map(Cpu::exactMillis)
                .filter(millis -> millis.signum() > 0 && millis.compareTo(MOST) <= 0 && millis.scale() <= 0)
                .map(millis -> new Cpu(millis.intValueExact()));
    }

    private static BigDecimal exactMillis(Quantity quantity) {
        return quantity.amount().scaleByPowerOfTen(3).stripTrailingZeros();
    }

    private static Optional<String> flaw(String text) {
        var thousandths = IN_THOUSANDTHS.matcher(text);
        if (thousandths.matches()) {
            return Optional.of("write it as " + thousandths.group(1) + "m");
        }
        var word = WITH_WORD.matcher(text);
        if (word.matches()) {
            return Optional.of("write the number alone: " + word.group(1));
        }
        return Quantity.parse(text).map(Cpu::flaw).orElseGet(() -> Quantity.flaw(text));
    }

    private static Optional<String> flaw(Quantity quantity) {
        var millis = exactMillis(quantity);
        if (millis.signum() == 0) {
            return Optional.of("it is none");
        }
        if (millis.compareTo(MOST) > 0) {
            return Optional.of("it is more than any machine has"
                    + (quantity.unit().equals("M") ? "; M is a million, and m a thousandth" : ""));
        }
        return Optional.of("it is finer than a thousandth, 1m, and Kubernetes has nothing finer");
    }

    public Cpu plus(Cpu other) {
        return new Cpu(millis + other.millis);
    }

    public Cpu minus(Cpu other) {
        return new Cpu(millis - other.millis);
    }

    @Override
    public int compareTo(Cpu other) {
        return Integer.compare(millis, other.millis);
    }

    /** Kubernetes' notation. */
    @Override
    public String toString() {
        return millis + "m";
    }
}
