package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount of CPU.
 *
 * @param millis millicores: 1000 is one vCPU
 */
public record Cpu(int millis) implements Comparable<Cpu> {
    /** Kubernetes' notation: {@code 500m}, {@code 2} or {@code 1.5}. */
    public static final Notation<Cpu> NOTATION =
            Notation.of(Pattern.compile("[1-9]\\d{0,6}m|\\d{1,4}(?:\\.\\d{1,3})?"), Cpu::parse);

    private static final Pattern MILLIS = Pattern.compile("([1-9]\\d{0,6})m");
    private static final Pattern CORES = Pattern.compile("(\\d{1,4})(?:\\.(\\d{1,3}))?");

    /** Reads Kubernetes' notation: {@code 500m}, {@code 2} or {@code 1.5}. */
    public static Optional<Cpu> parse(String text) {
        var millis = MILLIS.matcher(text);
        if (millis.matches()) {
            return Optional.of(new Cpu(Integer.parseInt(millis.group(1))));
        }
        var cores = CORES.matcher(text);
        if (!cores.matches()) {
            return Optional.empty();
        }
        var fraction = cores.group(2) == null ? "" : cores.group(2);
        var value = Integer.parseInt(cores.group(1)) * 1000 + Integer.parseInt((fraction + "000").substring(0, 3));
        return value == 0 ? Optional.empty() : Optional.of(new Cpu(value));
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
