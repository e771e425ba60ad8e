package io.buildkitefleet.operate;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Optional;

/** JSON that a program printed, of which nothing is sure: what is not there, or is something else, is empty. */
record JsonAnswer(JsonElement json) {
    /** Nothing if it is no JSON. */
    static Optional<JsonAnswer> parse(String text) {
        try {
            return Optional.of(new JsonAnswer(JsonParser.parseString(text)));
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }

    /** Each item of a list. */
    List<JsonAnswer> items() {
        return json instanceof JsonArray array
                ? array.asList().stream().map(JsonAnswer::new).toList()
                : List.of();
    }

    Optional<JsonAnswer> field(String name) {
        return json instanceof JsonObject object && object.has(name)
                ? Optional.of(new JsonAnswer(object.get(name)))
                : Optional.empty();
    }

    /** Itself, if it is a text or a number, as text. */
    Optional<String> text() {
        return json instanceof JsonPrimitive ? Optional.of(json.getAsString()) : Optional.empty();
    }

    /** The text or number of a field, as text. */
    Optional<String> text(String field) {
        return field(field).flatMap(JsonAnswer::text);
    }

    Optional<Double> number(String field) {
        return field(field)
                .filter(value -> value.json instanceof JsonPrimitive primitive && primitive.isNumber())
                .map(value -> value.json.getAsDouble());
    }

    boolean isTrue(String field) {
        return text(field).filter("true"::equals).isPresent();
    }
}
