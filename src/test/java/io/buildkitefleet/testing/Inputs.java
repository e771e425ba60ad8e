package io.buildkitefleet.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the inputs of a registration. */
public final class Inputs {
    private Inputs() {}

    /** What stands below these names; numbers name items of lists. */
    public static Optional<JsonElement> at(Registration registration, Object... steps) {
        return at(registration.inputs(), steps);
    }

    public static Optional<JsonElement> at(JsonElement value, Object... steps) {
        var found = PropertyValues.unwrapped(value);
        for (var step : steps) {
            var next = step instanceof Integer index
                    ? item(found, index)
                    : Optional.ofNullable(found instanceof JsonObject object ? object.get((String) step) : null);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            found = PropertyValues.unwrapped(next.get());
        }
        return Optional.of(found);
    }

    private static Optional<JsonElement> item(JsonElement value, int index) {
        return value.isJsonArray() && value.getAsJsonArray().size() > index
                ? Optional.of(value.getAsJsonArray().get(index))
                : Optional.empty();
    }

    public static String text(Registration registration, Object... steps) {
        return at(registration, steps).map(JsonElement::getAsString).orElse("");
    }

    /** The items of the list below these names; none if there is no list. */
    public static List<JsonElement> items(JsonElement value, Object... steps) {
        return at(value, steps).map(list -> list.getAsJsonArray().asList()).orElse(List.of());
    }

    /** Each value that has none inside, by its path, for example {@code nodeConfig.taints[0].key}. */
    public static Map<String, String> leaves(JsonElement value) {
        var leaves = new TreeMap<String, String>();
        leaves(value, "", leaves);
        return leaves;
    }

    private static void leaves(JsonElement value, String path, Map<String, String> leaves) {
        if (value instanceof JsonObject object) {
            object.asMap().forEach((name, inner) -> leaves(inner, path.isEmpty() ? name : path + "." + name, leaves));
        } else if (value instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                leaves(array.get(i), path + "[" + i + "]", leaves);
            }
        } else {
            leaves.put(path, value.toString());
        }
    }

    /** A copy in which each secret, however deep, is what is inside it. */
    public static JsonElement revealed(JsonElement value) {
        return PropertyValues.revealed(value);
    }

    /** Every text in the inputs that anybody may read: what is inside a secret is left out. */
    public static Stream<String> plainTexts(JsonElement value) {
        if (PropertyValues.isSecret(value)) {
            return Stream.empty();
        }
        if (value instanceof JsonObject object) {
            return object.entrySet().stream()
                    .flatMap(entry -> Stream.concat(Stream.of(entry.getKey()), plainTexts(entry.getValue())));
        }
        if (value.isJsonArray()) {
            return value.getAsJsonArray().asList().stream().flatMap(Inputs::plainTexts);
        }
        return value instanceof JsonPrimitive primitive ? Stream.of(primitive.getAsString()) : Stream.empty();
    }
}
