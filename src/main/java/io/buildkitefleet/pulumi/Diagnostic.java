package io.buildkitefleet.pulumi;

/**
 * Something that the program logged.
 *
 * @param urn the resource that it is about, empty for none
 */
public record Diagnostic(Severity severity, String message, String urn) {
    /** How bad it is; an error ends the program. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }
}
