package io.buildkitefleet.pods;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parts of a JSON object by their key. Whoever asks for one of another type than is there is told so, with the key. */
public final class JsonParts {
    private static final Gson GSON = new Gson();

    private JsonParts() {}

    public static JsonObject of(Map<String, ?> values) {
        return GSON.toJsonTree(values).getAsJsonObject();
    }

    /** The object at a key, which is made if it is not there. */
    public static JsonObject object(JsonObject parent, String key) {
        if (isAbsent(parent, key)) {
            parent.add(key, new JsonObject());
        }
        return object(parent.get(key), key);
    }

    /** The list at a key, which is made if it is not there. */
    public static JsonArray list(JsonObject parent, String key) {
        if (isAbsent(parent, key)) {
            parent.add(key, new JsonArray());
        }
        if (parent.get(key) instanceof JsonArray list) {
            return list;
        }
        throw new MalformedPodException(key + " is " + described(parent.get(key)) + ", not a list");
    }

    /** The items of the list at a key, each of them an object. */
    static List<JsonObject> objects(JsonObject parent, String key) {
        return objects(list(parent, key), key);
    }

    static List<JsonObject> objects(JsonArray list, String key) {
        var objects = new ArrayList<JsonObject>();
        for (int i = 0; i < list.size(); i++) {
            objects.add(object(list.get(i), key + "[" + i + "]"));
        }
        return objects;
    }

    /** Text, a number or a flag at a key, as text; empty if there is none. */
    public static String text(JsonObject parent, String key) {
        if (isAbsent(parent, key)) {
            return "";
        }
        if (parent.get(key).isJsonPrimitive()) {
            return parent.get(key).getAsString();
        }
        throw new MalformedPodException(key + " is " + described(parent.get(key)) + ", not a text");
    }

    /** The whole number at a key. */
    static int number(JsonObject parent, String key, int otherwise) {
        var text = text(parent, key);
        try {
            return text.isEmpty() ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new MalformedPodException(key + " is " + text + ", not a whole number");
        }
    }

    /** The whole seconds of a time. */
    static int seconds(JsonObject parent, String key, int otherwise) {
        var text = text(parent, key);
        if (text.isEmpty()) {
            return otherwise;
        }
        return GoDuration.parse(text)
                .map(time -> time.seconds().intValue())
                .orElseThrow(() -> new MalformedPodException(key + " is " + text + ", not a time such as 10m"));
    }

    static boolean isAbsent(JsonObject parent, String key) {
        return !parent.has(key) || parent.get(key).isJsonNull();
    }

    private static JsonObject object(JsonElement value, String place) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw new MalformedPodException(place + " is " + described(value) + ", not an object");
    }

    private static String described(JsonElement value) {
        if (value.isJsonObject()) {
            return "an object";
        }
        if (PropertyValues.isUnknown(value)) {
            return "known after up";
        }
        return value.isJsonArray() ? "a list" : value.toString();
    }
}
