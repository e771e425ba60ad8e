package io.buildkitefleet.pods.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of a node the pods of a namespace may have, most first. */
public enum Level {
    PRIVILEGED,
    BASELINE,
    RESTRICTED;

    /** The level of a label. */
    static Optional<Level> named(String label) {
        return Arrays.stream(values())
                .filter(level -> level.toString().equals(label))
                .findFirst();
    }

    /** As a label has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
