package io.buildkitefleet.operate;

/** Something that a deployment needs is missing; the message says what to do, in one line. */
public final class OperateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OperateException(String message) {
        super(message);
    }

    public OperateException(String message, Throwable cause) {
        super(message, cause);
    }
}
