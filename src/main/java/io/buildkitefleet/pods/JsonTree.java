package io.buildkitefleet.pods;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Takes JSON objects apart and puts them together, whatever a plan has written where an object or a list belongs. */
public final class JsonTree {
    private static final Gson GSON = new Gson();

    private JsonTree() {}

    public static JsonObject of(Map<String, ?> values) {
        return GSON.toJsonTree(values).getAsJsonObject();
    }

    /** The JSON of a YAML file of the resources. */
    static JsonObject file(String path) {
        try (var text = Objects.requireNonNull(JsonTree.class.getResourceAsStream(path), path)) {
            return of(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The object at a key, which is made if there is none. */
    public static JsonObject object(JsonObject parent, String key) {
        if (!(parent.get(key) instanceof JsonObject)) {
            parent.add(key, new JsonObject());
        }
        return parent.getAsJsonObject(key);
    }

    /** The list at a key, which is made if there is none. */
    public static JsonArray list(JsonObject parent, String key) {
        if (!(parent.get(key) instanceof JsonArray)) {
            parent.add(key, new JsonArray());
        }
        return parent.getAsJsonArray(key);
    }

    /** The objects of the list at a key. */
    static List<JsonObject> objects(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonArray list ? objects(list) : List.of();
    }

    static List<JsonObject> objects(JsonArray list) {
        return list.asList().stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** Text, number or flag at a key, as text; empty if there is none. */
    public static String text(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    /** Text, number or flag at a key, as text. */
    static String textOr(JsonObject parent, String key, String fallback) {
        return parent.get(key) instanceof JsonPrimitive value ? value.getAsString() : fallback;
    }
}
