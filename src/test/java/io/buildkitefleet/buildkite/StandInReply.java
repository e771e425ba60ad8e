package io.buildkitefleet.buildkite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** @param body what is written as JSON */
record StandInReply(int status, Map<String, String> headers, Object body) {
    static StandInReply of(int status, Object body) {
        return new StandInReply(status, Map.of(), body);
    }

    /** @param words for those in braces */
    static StandInReply refusal(String name, Map<String, ?> words) {
        var refusal = StandInAnswers.TABLE.refusal(name);
        return of(refusal.status(), Map.of("message", refusal.message(words)));
    }

    /** In the form of the GraphQL API. */
    static StandInReply graphqlRefusal(String name) {
        var refusal = StandInAnswers.TABLE.refusal(name);
        return of(refusal.status(), Map.of("errors", List.of(Map.of("message", refusal.message()))));
    }

    StandInReply with(Map<String, String> more) {
        var all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new StandInReply(status, all, body);
    }
}
