package io.buildkitefleet.config.read;

import java.util.List;
import java.util.regex.Pattern;

/** What a value looks like: enough for an editor to refuse most of what the reader would. */
public sealed interface ValueForm {
    /** Text that matches as a whole. */
    record Text(Pattern form) implements ValueForm {}

    /** Text that matches as a whole, or a number that does as it is written; none is negative or 0. */
    record TextOrNumber(Pattern form) implements ValueForm {}

    /** A whole number between the two, both included. */
    record Whole(int least, int most) implements ValueForm {}

    /** True or false. */
    record Flag() implements ValueForm {}

    /** One of these, in any case. */
    record Choice(List<String> choices) implements ValueForm {
        public Choice {
            choices = List.copyOf(choices);
        }
    }

    /** A list, of which no two items are equal. */
    record Items(ValueForm item, boolean mayBeEmpty) implements ValueForm {}

    /** An object whose names match as a whole. */
    record Entries(Pattern names, ValueForm value) implements ValueForm {}

    /** An object that somebody else wrote. */
    record Foreign() implements ValueForm {}
}
