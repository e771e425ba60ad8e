package io.buildkitefleet.preview.program;

/** Ends in good order, and never calls Pulumi. */
public final class IdleProgram {
    private IdleProgram() {}

    public static void main(String[] args) {}
}
