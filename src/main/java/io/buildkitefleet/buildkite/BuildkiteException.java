package io.buildkitefleet.buildkite;

/** Buildkite did not do what it was asked; the message says what and why, in one line, and never holds the token. */
public final class BuildkiteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What was in the way. */
    public enum Reason {
        /** A variable of the environment is missing or wrong, so nothing was asked. */
        ACCESS,
        /** The token is none, or is no longer one. */
        UNAUTHORIZED,
        /** The token, or whose it is, may not do this. */
        FORBIDDEN,
        /** What it is about is not there, or not to be seen with this token. */
        NOT_FOUND,
        /** It is not possible as things are, such as pausing what is paused. */
        REFUSED,
        /** No answer, or none that can be used, in all the time that there was. */
        UNAVAILABLE
    }

    BuildkiteException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    BuildkiteException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
