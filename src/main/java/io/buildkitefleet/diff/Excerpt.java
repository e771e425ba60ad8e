package io.buildkitefleet.diff;

/**
 * A part of two texts that shows where they differ.
 *
 * @param start where the part begins in both
 * @param longest how many characters it may have
 */
public record Excerpt(int start, int longest) {
    private static final String LEFT_OUT = "…";

    /** Characters before the first difference that say where it is. */
    private static final int CONTEXT = 20;

    /** The beginning, if that shows a difference; else the part around the first one. */
    public static Excerpt of(String before, String after, int longest) {
        var fit = before.length() <= longest && after.length() <= longest;
        var same = same(before, after);
        return new Excerpt(fit || same < longest - CONTEXT ? 0 : boundary(before, same - CONTEXT), longest);
    }

    private static int same(String before, String after) {
        var least = Math.min(before.length(), after.length());
        var same = 0;
        while (same < least && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        return same;
    }

    /** The part of one of the two texts. */
    public String in(String text) {
        var left = start == 0 ? text : LEFT_OUT + text.substring(start);
        return left.length() <= longest ? left : left.substring(0, boundary(left, longest - 1)) + LEFT_OUT;
    }

    /** Not between the two halves of one character. */
    private static int boundary(String text, int index) {
        return Character.isLowSurrogate(text.charAt(index)) ? index - 1 : index;
    }
}
