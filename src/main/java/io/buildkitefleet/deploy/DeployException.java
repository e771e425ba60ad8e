package io.buildkitefleet.deploy;

/** Something that a deployment needs is missing; the message says what to do, in one line. */
public final class DeployException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeployException(String message) {
        super(message);
    }

    public DeployException(String message, Throwable cause) {
        super(message, cause);
    }
}
