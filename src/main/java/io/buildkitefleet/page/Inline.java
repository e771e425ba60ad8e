package io.buildkitefleet.page;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A run of text. */
public sealed interface Inline {
    /** The text without its form. */
    String text();

    /** Words of ours. */
    record Text(String text) implements Inline {}

    /** Words of ours that matter. */
    record Strong(String text) implements Inline {}

    /**
     * Text from elsewhere: a name, a value, a reason. In a code span no platform looks for links, people or issues.
     * What cannot be seen, or turns the direction of writing, is named instead, and what is very long is cut.
     */
    record Code(String text) implements Inline {
        private static final int LONGEST = 300;

        private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

        public Code {
            var seen = UNSEEN.matcher(text).replaceAll(Code::named);
            text = seen.codePointCount(0, seen.length()) <= LONGEST
                    ? seen
                    : seen.substring(0, seen.offsetByCodePoints(0, LONGEST - 1)) + "…";
        }

        private static String named(MatchResult unseen) {
            return String.format(Locale.ROOT, "(U+%04X)", unseen.group().codePointAt(0));
        }
    }
}
