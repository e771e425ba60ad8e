package io.buildkitefleet.rules;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.preview.PropertyValues;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A value in the inputs of a resource, or the absence of one; a secret reads as what is inside it. */
final class Value {
    private static final Value ABSENT = new Value(JsonNull.INSTANCE);

    private final JsonElement json;

    private Value(JsonElement json) {
        this.json = json;
    }

    static Value of(JsonElement json) {
        return new Value(PropertyValues.unwrapped(json));
    }

    /** What stands below these names, with dots between them. */
    Value at(String path) {
        var value = this;
        for (var step : path.split("\\.")) {
            value = value.key(step);
        }
        return value;
    }

    /** What stands under one name, which may have dots. */
    Value key(String name) {
        return json instanceof JsonObject object && object.has(name) ? of(object.get(name)) : ABSENT;
    }

    Set<String> keys() {
        return json instanceof JsonObject object ? object.keySet() : Set.of();
    }

    /** The items of a list; none if it is no list. */
    List<Value> items() {
        return json.isJsonArray()
                ? json.getAsJsonArray().asList().stream().map(Value::of).toList()
                : List.of();
    }

    /** The items of a list as texts. */
    List<String> texts() {
        return items().stream().map(Value::text).toList();
    }

    boolean exists() {
        return !json.isJsonNull();
    }

    boolean isList() {
        return json.isJsonArray();
    }

    boolean isObject() {
        return json.isJsonObject();
    }

    /** Whether it is known only after the update. */
    boolean isUnknown() {
        return PropertyValues.isUnknown(json);
    }

    /** Whether it is this text, number or flag. */
    boolean is(Object wanted) {
        return json instanceof JsonPrimitive && text().equals(String.valueOf(wanted));
    }

    boolean isTrue() {
        return is(true);
    }

    /** Text, number or flag as text; empty for anything else. */
    String text() {
        if (!(json instanceof JsonPrimitive primitive)) {
            return "";
        }
        return primitive.isNumber() && primitive.getAsDouble() == primitive.getAsLong()
                ? String.valueOf(primitive.getAsLong())
                : primitive.getAsString();
    }

    /** The whole number; zero if it is none. */
    long number() {
        return json instanceof JsonPrimitive primitive && primitive.isNumber() ? primitive.getAsLong() : 0;
    }

    /** It and all that is below it. */
    Stream<Value> all() {
        var below = json instanceof JsonObject object
                ? object.asMap().values().stream().map(Value::of)
                : items().stream();
        return Stream.concat(Stream.of(this), below.flatMap(Value::all));
    }

    /** For a person. */
    String described() {
        if (!exists()) {
            return "not set";
        }
        if (isUnknown()) {
            return "known after up";
        }
        return json.isJsonPrimitive() ? text() : json.isJsonArray() ? "a list" : "an object";
    }
}
