package io.buildkitefleet.operate;

import java.time.Duration;
import java.util.Optional;

/** What came of asking a program. */
public sealed interface Reply {
    /** It ended well, and printed this. */
    record Said(String output) implements Reply {
        /** Without what it printed, which may be a secret. */
        @Override
        public String toString() {
            return "Said";
        }
    }

    /**
     * It failed.
     *
     * @param reason the line of its own that says why, without line ends
     */
    record Refused(String reason) implements Reply {}

    /** It did not end in the time that there was. */
    record Late(Duration limit) implements Reply {}

    /** There is no such program. */
    record Absent(String program) implements Reply {}

    /** What it printed; nothing if it did not end well. */
    default Optional<String> text() {
        return this instanceof Said said ? Optional.of(said.output()) : Optional.empty();
    }

    /** Why there is no answer, in a few words; empty if there is one. */
    default String reason() {
        if (this instanceof Refused refused) {
            return refused.reason();
        }
        if (this instanceof Late late) {
            return "no answer in " + late.limit().toSeconds() + " seconds";
        }
        return this instanceof Absent absent ? absent.program() + " is not installed" : "";
    }
}
