package io.buildkitefleet.plan;

/** Where a plan comes from, and so what is known of who made it. */
public sealed interface Origin {
    /** The program has just made it. */
    record Program() implements Origin {}

    /** A file, and nobody has said which stack's program is to be asked what it makes. */
    record File() implements Origin {}

    /**
     * A file, beside what the program makes of the stack now.
     *
     * @param stackFile how a person knows the stack's file
     */
    record Compared(StackPlan made, String stackFile) implements Origin {}
}
