package io.buildkitefleet.testing;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pods.JsonParts;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** JSON that tests write down or take apart. */
public final class Json {
    private static final Gson GSON = new Gson();

    private static final Gson WITH_NULLS = new GsonBuilder().serializeNulls().create();

    private Json() {}

    /** The JSON of a YAML text. */
    public static JsonElement parse(String yaml) {
        return GSON.toJsonTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml));
    }

    /** The JSON of a YAML patch, in which null takes away. */
    public static JsonElement patch(String yaml) {
        return WITH_NULLS.toJsonTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(yaml));
    }

    public static JsonObject of(Map<String, ?> values) {
        return JsonParts.of(values);
    }

    /** The object at a key, which is made if it is not there. */
    public static JsonObject object(JsonObject parent, String key) {
        return JsonParts.object(parent, key);
    }

    /** The list at a key, which is made if it is not there. */
    public static JsonArray list(JsonObject parent, String key) {
        return JsonParts.list(parent, key);
    }

    /** Text at a key; empty if there is none. */
    public static String text(JsonObject parent, String key) {
        return JsonParts.text(parent, key);
    }
}
