package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount of memory or of disk.
 *
 * @param mebibytes in MiB, not MB
 */
public record Memory(long mebibytes) implements Comparable<Memory> {
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8})(Mi|Gi|Ti)");

    /** Kubernetes' notation with a binary unit: {@code 512Mi} or {@code 4Gi}. */
    public static final Notation<Memory> NOTATION = Notation.of(FORM, Memory::parse);

    public static Memory gibibytes(long gibibytes) {
        return new Memory(gibibytes * 1024);
    }

    /** Reads Kubernetes' notation with a binary unit: {@code 512Mi} or {@code 4Gi}. */
    public static Optional<Memory> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "Mi" -> new Memory(amount);
                    case "Gi" -> gibibytes(amount);
                    default -> gibibytes(amount * 1024);
                });
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
