package io.buildkitefleet.config.value;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount of memory or of disk.
 *
 * @param mebibytes in MiB, not MB
 */
public record Memory(long mebibytes) implements Comparable<Memory> {
    private static final BigDecimal MEBI = BigDecimal.valueOf(1024 * 1024);

    /** Kubernetes counts bytes in 63 bits. */
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final Pattern WITH_OTHER_UNIT =
            Pattern.compile("(?<number>\\d+(?:\\.\\d+)?)\\s*(?<letter>(?i:[kmgtpe]))(?<rest>(?i:ib|i|b|))");

    /** Kubernetes' notation, such as {@code 512Mi} or {@code 4G}: what is no whole MiB counts as the next one. */
    public static final Notation<Memory> NOTATION =
            Notation.of(Quantity.FORM, Memory::parse).because(Memory::flaw);

    /** The same for what there is and not what is asked for: what is no whole MiB is left out. */
    public static final Notation<Memory> NOTATION_OF_SIZE =
            Notation.of(Quantity.FORM, text -> read(text, RoundingMode.FLOOR)).because(Memory::flaw);

    public static Memory gibibytes(long gibibytes) {
        return new Memory(gibibytes * 1024);
    }

    /** Reads Kubernetes' notation: {@code 512Mi}, {@code 4G} or {@code 4e9}; rounded up to whole MiB. */
    public static Optional<Memory> parse(String text) {
        return read(text, RoundingMode.CEILING);
    }

    private static Optional<Memory> read(String text, RoundingMode rounding) {
        return Quantity.parse(text)
                .map(Quantity::amount)
                .filter(bytes -> bytes.compareTo(MEBI) >= 0 && bytes.compareTo(MOST) <= 0)
                .map(bytes -> new Memory(bytes.divide(MEBI, 0, rounding).longValueExact()));
    }

    private static Optional<String> flaw(String text) {
        return Quantity.parse(text).map(Memory::flaw).or(() -> otherUnit(text)).or(() -> Quantity.flaw(text));
    }

    private static String flaw(Quantity quantity) {
        if (quantity.amount().compareTo(MOST) > 0) {
            return "it is more than Kubernetes can count";
        }
        return "it is less than 1Mi"
                + switch (quantity.unit()) {
                    case "" -> ": a number without a unit is bytes";
                    case "m" -> ": m is a thousandth of a byte, and Mi is 1024 * 1024 bytes";
                    default -> "";
                };
    }

    /** What computers and people call a unit, and Kubernetes does not. */
    private static Optional<String> otherUnit(String text) {
        var matcher = WITH_OTHER_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var letter = matcher.group("letter").toUpperCase(Locale.ROOT);
        var binary = matcher.group("number") + letter + "i";
        if (matcher.group("rest").toLowerCase(Locale.ROOT).startsWith("i")) {
            return Optional.of("write it as " + binary);
        }
        var decimal = matcher.group("number") + (letter.equals("K") ? "k" : letter);
        return Optional.of("write it as " + decimal + ", in powers of 1000, or as " + binary + ", in powers of 1024");
    }

    public Memory plus(Memory other) {
        return new Memory(mebibytes + other.mebibytes);
    }

    public Memory minus(Memory other) {
        return new Memory(mebibytes - other.mebibytes);
    }

    @Override
    public int compareTo(Memory other) {
        return Long.compare(mebibytes, other.mebibytes);
    }

    /** Kubernetes' notation. */
    @Override
    public String toString() {
        return mebibytes + "Mi";
    }
}
