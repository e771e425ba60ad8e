package io.buildkitefleet.rules.made;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.diff.InputPaths;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The inputs in which a planned resource differs from the one that the program makes. The order of a list counts. */
final class InputComparison {
    private final InputForm form;
    private final List<Departure> departures = new ArrayList<>();

    InputComparison(InputForm form) {
        this.form = form;
    }

    /** Each place, with both values. */
    List<Departure> of(JsonObject planned, JsonObject made) {
        objects(form.read(PropertyValues.masked(planned).getAsJsonObject()), made, "");
        return List.copyOf(departures);
    }

    private void objects(JsonObject planned, JsonObject made, String path) {
        var names = new TreeSet<>(planned.keySet());
        names.addAll(made.keySet());
        for (var name : names) {
            if (made.has(name) || !form.isAdded(path, name, planned)) {
                values(value(planned, name), value(made, name), InputPaths.below(path, name));
            }
        }
    }

    private static JsonElement value(JsonObject object, String name) {
        return object.has(name) ? object.get(name) : JsonNull.INSTANCE;
    }

    private void values(JsonElement planned, JsonElement made, String path) {
        if (areEqual(planned, made) || form.isSame(path, planned, made)) {
            return;
        }
        if (planned instanceof JsonObject object && made instanceof JsonObject other) {
            objects(object, other, path);
        } else if (planned instanceof JsonArray list && made instanceof JsonArray other) {
            for (int i = 0; i < Math.max(list.size(), other.size()); i++) {
                values(item(list, i), item(other, i), path + "[" + i + "]");
            }
        } else {
            departures.add(new Departure(path, text(planned), text(made)));
        }
    }

    private static JsonElement item(JsonArray list, int index) {
        return index < list.size() ? list.get(index) : JsonNull.INSTANCE;
    }

    private static boolean areEqual(JsonElement planned, JsonElement made) {
        if (planned instanceof JsonPrimitive one
                && made instanceof JsonPrimitive other
                && one.isNumber()
                && other.isNumber()) {
            return one.getAsBigDecimal().compareTo(other.getAsBigDecimal()) == 0;
        }
        return planned.isJsonPrimitive() && planned.equals(made) || planned.isJsonNull() && made.isJsonNull();
    }

    private static String text(JsonElement value) {
        return value.isJsonNull() ? "" : value.toString();
    }
}
