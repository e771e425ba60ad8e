package io.buildkitefleet.operate;

/**
 * What was found of one thing that a deployment needs.
 *
 * @param what the thing
 * @param detail what was found, or what to do
 */
public record Prerequisite(Status status, String what, String detail) {
    /** How it is. */
    public enum Status {
        GOOD,
        MISSING,
        /** It is there and works, but not as it should. */
        WARNING,
        /** It could not be looked at from here. */
        UNKNOWN
    }

    static Prerequisite good(String what, String detail) {
        return new Prerequisite(Status.GOOD, what, detail);
    }

    static Prerequisite missing(String what, String detail) {
        return new Prerequisite(Status.MISSING, what, detail);
    }

    static Prerequisite warning(String what, String detail) {
        return new Prerequisite(Status.WARNING, what, detail);
    }

    static Prerequisite unknown(String what, String detail) {
        return new Prerequisite(Status.UNKNOWN, what, detail);
    }
}
