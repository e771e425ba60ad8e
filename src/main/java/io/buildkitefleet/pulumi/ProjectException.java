package io.buildkitefleet.pulumi;

import java.io.Serial;

/**
 * What keeps a project from being read or previewed. The message is for the user: one line, or several, each complete
 * in itself.
 */
public final class ProjectException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ProjectException(String message) {
        super(message);
    }

    public ProjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
