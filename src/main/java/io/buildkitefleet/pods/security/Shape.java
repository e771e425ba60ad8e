package io.buildkitefleet.pods.security;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.function.Predicate;

/** The type of a field. The API server refuses a value of another one before anything else looks at it. */
enum Shape {
    FLAG(value -> value instanceof JsonPrimitive primitive && primitive.isBoolean()),
    TEXT(Shape::isText),
    WHOLE_NUMBER(value -> value instanceof JsonPrimitive primitive
            && primitive.isNumber()
            && new BigDecimal(primitive.getAsString()).stripTrailingZeros().scale() <= 0),
    TEXTS(value -> value instanceof JsonArray list && list.asList().stream().allMatch(Shape::isText)),
    OBJECT(JsonElement::isJsonObject);

    private final Predicate<JsonElement> values;

    Shape(Predicate<JsonElement> values) {
        this.values = values;
    }

    /** Whether a value is of it; nothing is of each. */
    boolean fits(JsonElement value) {
        return value.isJsonNull() || values.test(value);
    }

    private static boolean isText(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString();
    }
}
