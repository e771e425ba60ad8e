package io.buildkitefleet.pods;

/** Values of a release of which no pod can be made: a part of them has another type than Kubernetes gives it. */
public final class MalformedPodException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message which part, what it is, and what it has to be */
    MalformedPodException(String message) {
        super(message);
    }
}
