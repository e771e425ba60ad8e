package io.buildkitefleet.config.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people write in place of a value that is none, and what they are told of it. Words that name another value are
 * only said where that is sure to be the one that was meant.
 */
public final class Flaws {
    /** What is longer is something else, and not to be read twice. */
    private static final int LONGEST = 200;

    private record Flaw(Pattern form, String words) {}

    private final List<Flaw> flaws;

    private Flaws(List<Flaw> flaws) {
        this.flaws = List.copyOf(flaws);
    }

    public static Flaws none() {
        return new Flaws(List.of());
    }

    /**
     * And one more, which is told if none before it is.
     *
     * @param form what a text with the flaw is as a whole
     * @param words what is said of it, with {@code $1} for what the first group of the form is
     */
    public Flaws and(String form, String words) {
        var more = new ArrayList<>(flaws);
        more.add(new Flaw(Pattern.compile("\\A(?:" + form + ")\\z"), words));
        return new Flaws(more);
    }

    /** What is said of a text; nothing if it has none of them. */
    public Optional<String> of(String text) {
        return text.length() > LONGEST ? Optional.empty() : first(text);
    }

    private Optional<String> first(String text) {
        return flaws.stream()
                .filter(flaw -> flaw.form().matcher(text).matches())
                .map(flaw -> flaw.form().matcher(text).replaceFirst(flaw.words()))
                .findFirst();
    }
}
