package io.buildkitefleet.config.value;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a text leaves the form that it should have. */
public final class FormFlaw {
    /** Nobody counts the characters of longer ones. */
    private static final int LONGEST = 200;

    private FormFlaw() {}

    /** What is wrong with a text that does not match as a whole; nothing if that cannot be told in a few words. */
    public static Optional<String> of(String text, Pattern form) {
        if (text.length() > LONGEST || form.matcher(text).matches()) {
            return Optional.empty();
        }
        if (text.isEmpty()) {
            return Optional.of("it is empty");
        }
        if (form.matcher(text.strip()).matches()) {
            return Optional.of("leave out the blanks around it");
        }
        if (form.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
            return Optional.of("capital letters are not allowed");
        }
        return Optional.of(firstWrong(text, form));
    }

    /** Nothing that begins with what stands before the first wrong character and with that would match. */
    private static String firstWrong(String text, Pattern form) {
        for (int end = 1; end <= text.length(); end++) {
            var matcher = form.matcher(text.substring(0, end));
            if (!matcher.matches() && !matcher.hitEnd()) {
                var character = text.codePointAt(end - 1);
                return Character.isWhitespace(character)
                        ? "a blank is not allowed"
                        : "\"" + Character.toString(character) + "\" is not allowed "
                                + (end == 1 ? "at its beginning" : "as character " + end);
            }
        }
        return "something is missing at its end";
    }
}
