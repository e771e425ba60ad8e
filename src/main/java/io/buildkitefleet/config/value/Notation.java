package io.buildkitefleet.config.value;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How a value is written. What does not match the form is refused before it is parsed, so that the form is all that an
 * editor has to know.
 *
 * @param form what matches it as a whole may be one
 * @param parser the value of a text that matches; none if it is none all the same
 * @param flaw why a text is none, if that can be told in a few words
 */
public record Notation<T>(Pattern form, Function<String, Optional<T>> parser, Function<String, Optional<String>> flaw) {
    public static <T> Notation<T> of(Pattern form, Function<String, Optional<T>> parser) {
        return new Notation<>(form, parser, text -> Optional.empty());
    }

    /** The same, which can say why a text is none. */
    public Notation<T> because(Function<String, Optional<String>> reason) {
        return new Notation<>(form, parser, reason);
    }

    /** Whether YAML may have it as a number, as with 2 cores. */
    public boolean mayBeNumber() {
        return form.matcher("2").matches();
    }

    /** None if it does not match, or is none all the same. */
    public Optional<T> parse(String text) {
        return form.matcher(text).matches() ? parser.apply(text) : Optional.empty();
    }

    /** What is wrong with a text that is none. */
    public Optional<String> flaw(String text) {
        return flaw.apply(text).or(() -> FormFlaw.of(text, form));
    }
}
