package io.buildkitefleet.rules.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A value in the inputs of a resource, or the absence of one; a secret reads as what is inside it. Whoever asks what an
 * unknown value says gets the answer of an absent one, and is noted: what he decides by it cannot be relied on. Who
 * asks first whether it {@linkplain #isUnknown is unknown}, and then leaves it alone, is not.
 */
public final class InputValue {
    private static final InputValue ABSENT = new InputValue(JsonNull.INSTANCE, new Unknowns());

    private final JsonElement json;
    private final Unknowns unknowns;

    private InputValue(JsonElement json, Unknowns unknowns) {
        this.json = json;
        this.unknowns = unknowns;
    }

    static InputValue of(JsonElement json) {
        return of(json, new Unknowns());
    }

    private static InputValue of(JsonElement json, Unknowns unknowns) {
        return new InputValue(PropertyValues.unwrapped(json), unknowns);
    }

    /** The same value, of which these are told what is not known. */
    InputValue with(Unknowns others) {
        return new InputValue(json, others);
    }

    /** Where one of these values stands in it. */
    Optional<String> place(Unknowns asked) {
        return asked.in(json);
    }

    /** Notes that something is decided by it, though it is not known: for who does not read it. */
    public void need() {
        unknowns.need(json);
    }

    private JsonElement read() {
        need();
        return json;
    }

    /** What a text of JSON says; nothing if it is none. */
    static Optional<InputValue> parse(String text) {
        try {
            return Optional.of(of(JsonParser.parseString(text)));
        } catch (JsonParseException notJson) {
            return Optional.empty();
        }
    }

    /** What stands below these names, with dots between them. */
    public InputValue at(String path) {
        var value = this;
        for (var step : path.split("\\.")) {
            value = value.key(step);
        }
        return value;
    }

    /** What stands under one name, which may have dots. */
    public InputValue key(String name) {
        return read() instanceof JsonObject object && object.has(name) ? of(object.get(name), unknowns) : ABSENT;
    }

    public Set<String> keys() {
        return read() instanceof JsonObject object ? object.keySet() : Set.of();
    }

    /** The items of a list; none if it is no list. */
    public List<InputValue> items() {
        return read() instanceof JsonArray list
                ? list.asList().stream().map(item -> of(item, unknowns)).toList()
                : List.of();
    }

    /** The items of a list as texts. */
    public List<String> texts() {
        return items().stream().map(InputValue::text).toList();
    }

    public boolean exists() {
        return !json.isJsonNull();
    }

    /** Whether it is a list or an object with nothing in it. */
    public boolean isEmpty() {
        return (read().isJsonArray() || json.isJsonObject()) && keys().isEmpty() && items().isEmpty();
    }

    public boolean isObject() {
        return read().isJsonObject();
    }

    /** Whether it is known only after the update. */
    public boolean isUnknown() {
        return PropertyValues.isUnknown(json);
    }

    /** Whether it is this text, number or flag. */
    public boolean is(Object wanted) {
        return read() instanceof JsonPrimitive && text().equals(String.valueOf(wanted));
    }

    /** Whether it is this flag itself, and no text that says so, which Kubernetes refuses. */
    public boolean isFlag(boolean wanted) {
        return read() instanceof JsonPrimitive primitive && primitive.isBoolean() && primitive.getAsBoolean() == wanted;
    }

    public boolean isTrue() {
        return is(true);
    }

    /** Text, number or flag as text; empty for anything else. */
    public String text() {
        if (!(read() instanceof JsonPrimitive primitive)) {
            return "";
        }
        return primitive.isNumber() && primitive.getAsDouble() == primitive.getAsLong()
                ? String.valueOf(primitive.getAsLong())
                : primitive.getAsString();
    }

    /** The whole number; zero if it is none. */
    public long number() {
        return read() instanceof JsonPrimitive primitive && primitive.isNumber() ? primitive.getAsLong() : 0;
    }

    /** It and all that is below it and known: who looks everywhere for one thing needs no value that is not. */
    public Stream<InputValue> all() {
        if (isUnknown()) {
            return Stream.empty();
        }
        var below = json instanceof JsonObject object
                ? object.asMap().values().stream().map(value -> of(value, unknowns))
                : items().stream();
        return Stream.concat(Stream.of(this), below.flatMap(InputValue::all));
    }

    /** The object that it is, in which a secret is what is inside it and nothing is null; empty if it is none. */
    public JsonObject object() {
        return PropertyValues.revealed(read()) instanceof JsonObject object ? object : new JsonObject();
    }

    /** It, with no secret and nothing null in it, if all of it is known. Every value in it decides something. */
    public Optional<JsonElement> whole() {
        var values = values(json).toList();
        values.forEach(unknowns::need);
        return Optional.of(PropertyValues.revealed(json))
                .filter(unused -> values.stream().noneMatch(PropertyValues::isUnknown));
    }

    private static Stream<JsonElement> values(JsonElement value) {
        var open = PropertyValues.unwrapped(value);
        var below = open instanceof JsonObject object
                ? object.asMap().values().stream()
                : open instanceof JsonArray list ? list.asList().stream() : Stream.<JsonElement>empty();
        return Stream.concat(Stream.of(open), below.flatMap(InputValue::values));
    }

    /** For a person, with quotes around a text, where a flag or a number was expected. */
    public String shown() {
        var isText = json instanceof JsonPrimitive primitive && primitive.isString() && !isUnknown();
        return isText ? "\"" + text() + "\"" : described();
    }

    /** For a person. */
    public String described() {
        if (!exists()) {
            return "not set";
        }
        if (isUnknown()) {
            return "known after up";
        }
        return json.isJsonPrimitive() ? text() : json.isJsonArray() ? "a list" : "an object";
    }
}
