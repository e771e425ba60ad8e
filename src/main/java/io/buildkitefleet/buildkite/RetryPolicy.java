package io.buildkitefleet.buildkite;

import java.time.Duration;

/**
 * How long one question is asked.
 *
 * @param request how long one answer may take
 * @param first the wait before the second attempt; each later one is twice as long
 * @param longest the longest wait that is our own choice; Buildkite may ask for a longer one
 * @param limit when it is given up, waits included
 */
public record RetryPolicy(Duration request, Duration first, Duration longest, Duration limit) {
    /** Buildkite counts requests by the minute, so that two of them are over what it asks for. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(2));

    /** The same with more time. */
    public RetryPolicy withLimit(Duration limit) {
        return new RetryPolicy(request, first, longest, limit);
    }

    /** @param failures so far, from 1 on */
    Duration waitAfter(int failures) {
        var exponent = Math.min(failures - 1, 20);
        var wait = first.multipliedBy(1L << exponent);
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
