package io.buildkitefleet.config.reference;

import java.util.regex.Pattern;

/**
 * A pattern as JSON Schema has it, in the dialect of ECMA-262:
 * https://json-schema.org/understanding-json-schema/reference/regular_expressions
 */
final class EcmaPattern {
    private static final Pattern GROUP_NAME = Pattern.compile("\\(\\?<[A-Za-z]\\w*>");

    private EcmaPattern() {}

    /** Of what matches as a whole; groups lose their names, which no schema needs. */
    static String of(Pattern form) {
        return "^(?:"
                + GROUP_NAME.matcher(form.pattern()).replaceAll("(?:").replace("\\p{Cntrl}", "\\u0000-\\u001f\\u007f")
                + ")$";
    }

    /** Of a word in any case. */
    static String inAnyCase(String word) {
        var pattern = new StringBuilder("^");
        word.chars().forEach(letter -> {
            if (Character.isLetter(letter)) {
                pattern.append('[')
                        .append((char) letter)
                        .append((char) Character.toUpperCase(letter))
                        .append(']');
            } else {
                pattern.append((char) letter);
            }
        });
        return pattern.append('$').toString();
    }
}
