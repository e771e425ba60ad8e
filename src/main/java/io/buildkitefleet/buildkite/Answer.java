package io.buildkitefleet.buildkite;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.buildkite.BuildkiteException.Reason;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * An object of an answer, whose fields are read as what they have to be.
 *
 * @param question what was asked, for messages
 */
record Answer(String question, JsonObject fields) {
    static Answer of(String question, JsonElement json) {
        if (json instanceof JsonObject object) {
            return new Answer(question, object);
        }
        throw unexpected(question, "is no object where one belongs");
    }

    /** Each object of a list. */
    static List<Answer> list(String question, JsonElement json) {
        if (!json.isJsonArray()) {
            throw unexpected(question, "is no list where one belongs");
        }
        return json.getAsJsonArray().asList().stream()
                .map(item -> of(question, item))
                .toList();
    }

    String text(String field) {
        return optionalText(field).orElseThrow(() -> unexpected(question, "has no " + field));
    }

    Optional<String> optionalText(String field) {
        return fields.get(field) instanceof JsonPrimitive value ? Optional.of(value.getAsString()) : Optional.empty();
    }

    /** The moment of a field; none if it is null or not there. */
    Optional<Instant> optionalTime(String field) {
        try {
            return optionalText(field).map(Instant::parse);
        } catch (DateTimeParseException none) {
            throw unexpected(question, "has no time as " + field);
        }
    }

    boolean flag(String field) {
        if (fields.get(field) instanceof JsonPrimitive value && value.isBoolean()) {
            return value.getAsBoolean();
        }
        throw unexpected(question, "does not say " + field);
    }

    /** The object of a field; none if it is null or not there. */
    Optional<Answer> object(String field) {
        var value = fields.get(field);
        return value == null || value.isJsonNull() ? Optional.empty() : Optional.of(of(question, value));
    }

    Answer needed(String field) {
        return object(field).orElseThrow(() -> unexpected(question, "has no " + field));
    }

    int number(String field) {
        if (fields.get(field) instanceof JsonPrimitive value && value.isNumber()) {
            return value.getAsInt();
        }
        throw unexpected(question, "has no number " + field);
    }

    List<Answer> objects(String field) {
        var value = fields.get(field);
        if (value == null) {
            throw unexpected(question, "has no " + field);
        }
        return list(question, value);
    }

    private static BuildkiteException unexpected(String question, String what) {
        return new BuildkiteException(Reason.UNAVAILABLE, "Buildkite's answer to " + question + " " + what);
    }
}
