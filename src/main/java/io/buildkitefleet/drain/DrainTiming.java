package io.buildkitefleet.drain;

import io.buildkitefleet.buildkite.RetryPolicy;
import java.time.Duration;

/**
 * How long a drain waits for what.
 *
 * @param limit for the jobs to end
 * @param interval between two looks at them
 * @param confirmation after which it looks again when it sees none
 * @param retries of what is asked of Buildkite before the update
 * @param resumeRetries of what is asked of it afterwards, when nobody could go on from a failure
 */
public record DrainTiming(
        Duration limit, Duration interval, Duration confirmation, RetryPolicy retries, RetryPolicy resumeRetries) {
    /** So many seconds for each queue: a look is some 25 points of the 5,000 that a user has in five minutes. */
    private static final int SECONDS_OF_QUEUE = 2;

    public static DrainTiming withLimit(Duration limit) {
        return new DrainTiming(
                limit,
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                RetryPolicy.DEFAULT,
                RetryPolicy.DEFAULT.withLimit(Duration.ofMinutes(5)));
    }

    Duration interval(int queues) {
        var least = interval.dividedBy(10).multipliedBy((long) queues * SECONDS_OF_QUEUE);
        return least.compareTo(interval) > 0 ? least : interval;
    }
}
