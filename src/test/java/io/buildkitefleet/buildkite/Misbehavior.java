package io.buildkitefleet.buildkite;

import java.time.Duration;

/** What the stand-in does in place of an answer. */
public sealed interface Misbehavior {
    /** What was asked is done late, and answered then. */
    record Slow(Duration delay) implements Misbehavior {}

    /** What was asked is done at once, and the answer comes late. */
    record SlowAnswer(Duration delay) implements Misbehavior {}

    /** Only a status, such as 500, and words of Buildkite's form. */
    record Status(int status) implements Misbehavior {}

    /** The connection ends before the answer. */
    record Dropped() implements Misbehavior {}

    /** What was asked is done, and then the connection ends before the answer. */
    record DoneAndDropped() implements Misbehavior {}

    /** A page, as something on the way makes it. */
    record Page(int status) implements Misbehavior {}

    /** Elsewhere, where the token must not go. */
    record Redirect(String address) implements Misbehavior {}
}
