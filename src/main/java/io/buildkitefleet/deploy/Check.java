package io.buildkitefleet.deploy;

/**
 * What was found of one thing that a deployment needs.
 *
 * @param what the thing
 * @param detail what was found, or what to do
 */
public record Check(Status status, String what, String detail) {
    /** How it is. */
    public enum Status {
        GOOD,
        MISSING,
        /** It is there and works, but not as it should. */
        WARNING,
        /** It could not be looked at from here. */
        UNKNOWN
    }

    static Check good(String what, String detail) {
        return new Check(Status.GOOD, what, detail);
    }

    static Check missing(String what, String detail) {
        return new Check(Status.MISSING, what, detail);
    }

    static Check warning(String what, String detail) {
        return new Check(Status.WARNING, what, detail);
    }

    static Check unknown(String what, String detail) {
        return new Check(Status.UNKNOWN, what, detail);
    }
}
