package io.buildkitefleet.buildkite;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the GraphQL API says went wrong, for which it often has the status of a good answer. */
final class GraphqlErrors {
    private GraphqlErrors() {}

    /** All messages in one line; none if nothing went wrong. */
    static Optional<String> of(JsonObject answer) {
        return answer.get("errors") instanceof JsonArray errors && !errors.isEmpty()
                ? Optional.of(errors.asList().stream()
                        .map(error -> error instanceof JsonObject object
                                        && object.get("message") instanceof JsonPrimitive message
                                ? message.getAsString()
                                : error.toString())
                        .collect(Collectors.joining("; ")))
                : Optional.empty();
    }
}
