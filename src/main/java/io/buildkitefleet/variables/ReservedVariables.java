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
    /** Begins a name that is nobody's. */
    private static final String FREE = "!";

    private static final String FILE = "/hooks/reserved-variables.txt";

    /**
     * Variables of one owner.
     *
     * @param owner in the genitive
     * @param names in which * stands for any text
     * @param free those that such a name means, and that are nobody's nevertheless
     */
    private record Owned(String owner, List<String> names, List<String> free) {
        static Owned of(String line) {
            var colon = line.indexOf(": ");
            var words = List.of(line.substring(colon + 2).split(" "));
            return new Owned(
                    line.substring(0, colon),
                    words.stream().filter(word -> !word.startsWith(FREE)).toList(),
                    words.stream()
                            .filter(word -> word.startsWith(FREE))
                            .map(word -> word.substring(FREE.length()))
                            .toList());
        }

        boolean has(String variable) {
            return !free.contains(variable)
                    && names.stream().anyMatch(name -> variable.matches(name.replace("*", ".*")));
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
