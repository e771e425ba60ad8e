package io.buildkitefleet.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One word of a command that a person copies into a shell. */
public record ShellWord(String word) {
    /** What no shell takes for more than it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** A whole command, to be copied as one line. */
    public static String line(List<String> command) {
        return command.stream().map(word -> new ShellWord(word).toString()).collect(Collectors.joining(" "));
    }

    /** The word itself, in quotes if it needs them. */
    @Override
    public String toString() {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
