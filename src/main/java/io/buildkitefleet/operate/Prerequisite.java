package io.buildkitefleet.operate;

/**
 * What was found of one thing that a deployment needs.
 *
 * @param what the thing
 * @param detail what was found, and what to do if something is to be done
 * @param command with which it is done, or the page on which it is; empty if there is neither
 */
public record Prerequisite(Status status, String what, String detail, String command) {
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
        return new Prerequisite(Status.GOOD, what, detail, "");
    }

    static Prerequisite missing(String what, String detail) {
        return new Prerequisite(Status.MISSING, what, detail, "");
    }

    static Prerequisite missing(String what, String detail, String command) {
        return new Prerequisite(Status.MISSING, what, detail, command);
    }

    static Prerequisite warning(String what, String detail) {
        return new Prerequisite(Status.WARNING, what, detail, "");
    }

    static Prerequisite warning(String what, String detail, String command) {
        return new Prerequisite(Status.WARNING, what, detail, command);
    }

    static Prerequisite unknown(String what, String detail) {
        return new Prerequisite(Status.UNKNOWN, what, detail, "");
    }

    /** @param command that would make it known */
    static Prerequisite unknown(String what, String detail, String command) {
        return new Prerequisite(Status.UNKNOWN, what, detail, command);
    }

    boolean isGood() {
        return status == Status.GOOD;
    }

    /** The detail, and the command behind it. */
    public String text() {
        return command.isEmpty() ? detail : detail + ": " + command;
    }
}
