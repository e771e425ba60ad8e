package io.buildkitefleet.variables;

import io.buildkitefleet.text.BundledFile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names that a job's secret cannot have: those of the file {@code hooks/reserved-variables.txt}, which the hook
 * {@code open-variable} reads too, for names that nobody else has checked.
 */
public final class ReservedVariables {
    private static final String FILE = "/hooks/reserved-variables.txt";

    /**
     * Variables of one owner.
     *
     * @param owner in the genitive
     * @param names in which * stands for any text
     */
    private record Owned(String owner, List<String> names) {
        static Owned of(String line) {
            var colon = line.indexOf(": ");
            return new Owned(
                    line.substring(0, colon), List.of(line.substring(colon + 2).split(" ")));
        }

        boolean has(String variable) {
            return names.stream().anyMatch(name -> variable.matches(name.replace("*", ".*")));
        }
    }

    private static final List<Owned> ALL = read();

    private ReservedVariables() {}

    /** Why a job cannot be given a variable of this name; none if it can. */
    public static Optional<String> refusal(String variable) {
        return ALL.stream()
                .filter(owned -> owned.has(variable))
                .findFirst()
                .map(owned -> "must have another name, got " + variable + ": it is " + owned.owner()
                        + " own, as is each of " + String.join(", ", owned.names()));
    }

    /** Every name, in which * stands for any text. */
    static Stream<String> names() {
        return ALL.stream().flatMap(owned -> owned.names().stream());
    }

    private static List<Owned> read() {
        return BundledFile.text(FILE)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Owned::of)
                .toList();
    }
}
