package io.buildkitefleet.pulumi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Turns the configuration of a stack into the texts that Pulumi hands to a program. */
final class ConfigValues {
    private final String project;
    private final String file;
    private final Map<String, JsonElement> values = new TreeMap<>();
    private final Set<String> secretKeys = new TreeSet<>();
    private final List<String> noNumbers = new ArrayList<>();
    private WrittenValues written = WrittenValues.NONE;

    ConfigValues(String project, String file) {
        this.project = project;
        this.file = file;
    }

    /** What is said of a value from now on has how it is written in the file. */
    void writtenAs(WrittenValues values) {
        written = values;
    }

    /**
     * Adds all that a file has.
     *
     * @throws ProjectException for a key of a wrong form, or one that is there twice in two spellings, or for all
     *     numbers that are none
     */
    void addAll(Map<String, Object> config) {
        config.forEach((key, value) -> {
            String fullKey = fullKey(key);
            if (has(fullKey)) {
                throw new ProjectException(file + ": " + fullKey + " is set twice, with and without its namespace");
            }
            put(fullKey, value);
        });
        refuseNoNumbers();
    }

    /**
     * Adds one value, or replaces it.
     *
     * @throws ProjectException for all numbers in it that are none
     */
    void add(String fullKey, Object value) {
        put(fullKey, value);
        refuseNoNumbers();
    }

    private void refuseNoNumbers() {
        if (!noNumbers.isEmpty()) {
            throw new ProjectException(String.join("\n", noNumbers));
        }
    }

    private void put(String fullKey, Object value) {
        String place = fullKey.substring(fullKey.indexOf(':') + 1);
        values.put(fullKey, value == null ? new JsonPrimitive("") : json(fullKey, place, value));
    }

    boolean has(String fullKey) {
        return values.containsKey(fullKey);
    }

    /** A value as Pulumi holds it against its type: what is neither an object nor a list is a text. */
    JsonElement content(String fullKey) {
        JsonElement value = values.get(fullKey);
        return value instanceof JsonPrimitive scalar ? new JsonPrimitive(scalar.getAsString()) : value;
    }

    /** A value of {@code Pulumi.yaml} as JSON. */
    static JsonElement json(String key, Object value) {
        var values = new ConfigValues("", Project.FILE);
        var json = values.json(key, key, value);
        values.refuseNoNumbers();
        return json;
    }

    Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        values.forEach((key, value) ->
                texts.put(key, value instanceof JsonPrimitive scalar ? scalar.getAsString() : goJson(value)));
        return texts;
    }

    Set<String> secretKeys() {
        return secretKeys;
    }

    String fullKey(String key) {
        String[] parts = key.split(":", -1);
        boolean legacy = parts.length == 3 && parts[1].equals("config");
        if (parts.length > 2 && !legacy) {
            throw new ProjectException(file + ": config key \"" + key + "\" must be name or namespace:name");
        }
        return parts.length == 1 ? project + ":" + key : parts[0] + ":" + parts[parts.length - 1];
    }

    private JsonElement json(String fullKey, String place, Object value) {
        if (value instanceof Map<?, ?> map) {
            return isSecret(map) ? secret(fullKey, place) : object(fullKey, place, map);
        }
        if (value instanceof List<?> list) {
            var array = new JsonArray(list.size());
            for (int i = 0; i < list.size(); i++) {
                array.add(json(fullKey, place + "[" + i + "]", list.get(i)));
            }
            return array;
        }
        if (value instanceof Boolean bool) {
            return new JsonPrimitive(bool);
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number(fullKey, place, number));
        }
        return value == null ? JsonNull.INSTANCE : new JsonPrimitive(value.toString());
    }

    private Number number(String fullKey, String place, Number number) {
        try {
            return JsonNumbers.shortest(number);
        } catch (NumberFormatException e) {
            var path = fullKey.substring(0, fullKey.indexOf(':') + 1) + place;
            noNumbers.add(file + ": " + path + ": must be a number that JSON knows, got "
                    + written.at(path)
                            .map(value -> value.text() + " (line " + value.line() + ")")
                            .orElse(number.toString()));
            return 0;
        }
    }

    private JsonElement secret(String fullKey, String place) {
        secretKeys.add(fullKey);
        return new JsonPrimitive(Stack.placeholder(place));
    }

    private JsonElement object(String fullKey, String place, Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        var object = new JsonObject();
        sorted.forEach((key, value) -> object.add(key, json(fullKey, place + "." + key, value)));
        return object;
    }

    private static boolean isSecret(Map<?, ?> map) {
        return map.size() == 1 && map.get("secure") instanceof String;
    }

    /** Go's encoder escapes these three wherever they stand in a string. */
    private static String goJson(JsonElement json) {
        return json.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }
}
