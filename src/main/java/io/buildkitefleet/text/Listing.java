package io.buildkitefleet.text;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Names in a sentence. Of many, the first are named and the others counted, so that the sentence can be read. */
public final class Listing {
    /** So many stay a line that somebody reads to its end. */
    private static final int MOST = 30;

    private Listing() {}

    /** The names in their order: {@code big, light}, or {@code a1, a2 and 9,970 more}. */
    public static String of(Collection<String> names) {
        return of(names, MOST);
    }

    /** @param most how many are named at most */
    public static String of(Collection<String> names, int most) {
        var first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? first + String.format(Locale.ROOT, " and %,d more", names.size() - most) : first;
    }

    /** The same at the end of a stream. */
    public static Collector<String, ?, String> joining() {
        return Collectors.collectingAndThen(Collectors.toList(), Listing::of);
    }
}
