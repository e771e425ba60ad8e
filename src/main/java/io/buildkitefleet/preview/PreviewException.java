package io.buildkitefleet.preview;

import java.io.Serial;

/** What keeps a preview from being made. The message is for the user: one line, or several, each complete in itself. */
public final class PreviewException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PreviewException(String message) {
        super(message);
    }

    public PreviewException(String message, Throwable cause) {
        super(message, cause);
    }
}
