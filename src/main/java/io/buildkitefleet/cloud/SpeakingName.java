package io.buildkitefleet.cloud;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a machine type that says how many vCPUs there are, as {@code c9-standard-8} does.
 *
 * @param series its first part: {@code c9}
 * @param word what tells the families of a series apart: {@code standard}
 */
record SpeakingName(String series, String word, int vcpus) {
    private static final Pattern FORM =
            Pattern.compile("([a-z]{1,2}\\d+[a-z]*)-([a-z]+)-([1-9]\\d{0,2})((?:-[a-z]+)*)");

    /** What a name says; nothing if it is of another form, as those are that count GPUs. */
    static Optional<SpeakingName> parse(String name) {
        var parts = FORM.matcher(name);
        return parts.matches()
                ? Optional.of(new SpeakingName(parts.group(1), parts.group(2), Integer.parseInt(parts.group(3))))
                : Optional.empty();
    }

    /** With what the names of its family begin. */
    String family() {
        return series + "-" + word;
    }
}
