package io.buildkitefleet.variables;

/** A value or a key that can't be used, in the words of the person who gave it. */
public final class VariableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public VariableException(String message) {
        super(message);
    }

    public VariableException(String message, Throwable cause) {
        super(message, cause);
    }
}
