package io.buildkitefleet.text;

import java.util.stream.Collectors;

/**
 * Text of which everything can be seen. A terminal obeys what cannot: an escape sequence moves what stands elsewhere, a
 * mark of direction has a line read in another order than it is in (https://www.unicode.org/reports/tr36/). XML has no
 * place for most of them (https://www.w3.org/TR/xml/#charsets).
 */
public final class VisibleText {
    private VisibleText() {}

    /**
     * The text with {@code \u202e} in place of what cannot be seen; spaces, tabs and line feeds stay. In a string of a
     * JSON document that is the same string.
     */
    public static String of(String text) {
        return isVisible(text)
                ? text
                : text.codePoints()
                        .mapToObj(point -> isVisible(point) ? Character.toString(point) : escaped(point))
                        .collect(Collectors.joining());
    }

    /** As {@link #of}, in one line: line feeds are escaped as well. */
    public static String line(String text) {
        return of(text).replace("\n", escaped('\n'));
    }

    public static boolean isVisible(String text) {
        return text.codePoints().allMatch(VisibleText::isVisible);
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\n' || point == '\t';
            // These two join letters, and parts of a picture.
            case Character.FORMAT -> point == 0x200C || point == 0x200D;
            case Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> (point & 0xFFFE) != 0xFFFE;
        };
    }

    private static String escaped(int point) {
        return Character.toString(point)
                .chars()
                .mapToObj(unit -> "\\u" + Integer.toHexString(0x10000 | unit).substring(1))
                .collect(Collectors.joining());
    }
}
