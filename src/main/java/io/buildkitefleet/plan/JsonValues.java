package io.buildkitefleet.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/** What a value of a plan's JSON is; none, if it is missing. */
final class JsonValues {
    private JsonValues() {}

    static boolean isText(JsonElement json) {
        return json instanceof JsonPrimitive primitive && primitive.isString();
    }

    static boolean isNumber(JsonElement json) {
        return json instanceof JsonPrimitive primitive && primitive.isNumber();
    }
}
