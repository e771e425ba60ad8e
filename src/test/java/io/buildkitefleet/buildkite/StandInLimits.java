package io.buildkitefleet.buildkite;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How many requests the one user and the organization still have in this minute. */
final class StandInLimits {
    private final int ofOrganization = StandInAnswers.TABLE.limit("requestsOfOrganizationInMinute");
    private int ofUser = StandInAnswers.TABLE.limit("requestsOfUserInMinute");
    private Duration window = Duration.ofMinutes(1);
    private Instant end = Instant.EPOCH;
    private int used;

    synchronized void allow(int requests, Duration time) {
        ofUser = requests;
        window = time;
    }

    /** Counts a request, and refuses it if it is one too many. */
    synchronized Optional<StandInReply> count(Instant now) {
        if (!now.isBefore(end)) {
            end = now.plus(window);
            used = 0;
        }
        used++;
        if (used <= ofUser) {
            return Optional.empty();
        }
        var refusal = StandInAnswers.TABLE.refusal("rate");
        return Optional.of(StandInReply.of(
                refusal.status(),
                Map.of(
                        "message",
                        refusal.message(Map.of("reset", reset(now))),
                        "scope",
                        "rest_user",
                        "limit",
                        ofUser,
                        "current",
                        used,
                        "reset",
                        reset(now))));
    }

    /** Those of every answer. */
    synchronized Map<String, String> headers(Instant now) {
        var headers = new TreeMap<String, String>();
        headers.putAll(headers("RateLimit-", "rest", ofOrganization, now));
        headers.putAll(headers("RateLimit-User-", "rest_user", ofUser, now));
        return headers;
    }

    private Map<String, String> headers(String prefix, String scope, int limit, Instant now) {
        var headers = new TreeMap<String, String>();
        headers.put(prefix + "Scope", scope);
        headers.put(prefix + "Limit", String.valueOf(limit));
        headers.put(prefix + "Remaining", String.valueOf(Math.max(0, limit - used)));
        headers.put(prefix + "Reset", String.valueOf(reset(now)));
        if (used > limit) {
            headers.put(prefix + "Warning", "You have exceeded your API rate limit.");
        }
        return headers;
    }

    private long reset(Instant now) {
        return Math.max(0, Duration.between(now, end).toSeconds());
    }
}
