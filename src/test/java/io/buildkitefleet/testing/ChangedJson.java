package io.buildkitefleet.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A document with one change in it.
 *
 * @param where what was changed, for a person
 */
public record ChangedJson(String where, JsonElement json) {
    /** Each text, number and flag another one, and each key and item gone, twice there or beside another. */
    public static List<ChangedJson> of(JsonObject document) {
        return changes(document);
    }

    /** Each text, number and flag replaced by this. */
    public static List<ChangedJson> replaced(JsonObject document, JsonElement value) {
        return replaced((JsonElement) document, value);
    }

    private static List<ChangedJson> changes(JsonElement json) {
        var changes = new ArrayList<ChangedJson>();
        if (json instanceof JsonObject object) {
            changes.add(new ChangedJson(" with a key more", with(object, "added", new JsonPrimitive(true))));
            object.asMap().forEach((key, value) -> {
                changes.add(new ChangedJson("." + key + " gone", without(object, key)));
                inside(changes, "." + key, changes(value), inner -> with(object, key, inner));
            });
        } else if (json instanceof JsonArray list) {
            items(changes, list);
        } else if (json instanceof JsonPrimitive value) {
            changes.add(new ChangedJson("", other(value)));
        }
        return changes;
    }

    private static void items(List<ChangedJson> changes, JsonArray list) {
        changes.add(new ChangedJson(" with an item more", with(list, list.size(), new JsonPrimitive("added"))));
        for (int i = 0; i < list.size(); i++) {
            var index = i;
            var place = "[" + i + "]";
            var shorter = list.deepCopy();
            shorter.remove(i);
            changes.add(new ChangedJson(place + " gone", shorter));
            if (i > 0 && !list.get(i).equals(list.get(i - 1))) {
                var swapped = list.deepCopy();
                swapped.set(i, list.get(i - 1));
                swapped.set(i - 1, list.get(i));
                changes.add(new ChangedJson(place + " one place before", swapped));
            }
            inside(changes, place, changes(list.get(i)), inner -> with(list, index, inner));
        }
    }

    private static List<ChangedJson> replaced(JsonElement json, JsonElement by) {
        var changes = new ArrayList<ChangedJson>();
        if (json instanceof JsonObject object) {
            object.asMap()
                    .forEach((key, value) ->
                            inside(changes, "." + key, replaced(value, by), inner -> with(object, key, inner)));
        } else if (json instanceof JsonArray list) {
            IntStream.range(0, list.size())
                    .forEach(i -> inside(changes, "[]", replaced(list.get(i), by), inner -> with(list, i, inner)));
        } else if (json.isJsonPrimitive() && !json.equals(by)) {
            changes.add(new ChangedJson("", by));
        }
        return changes;
    }

    private static void inside(
            List<ChangedJson> changes, String place, List<ChangedJson> inner, UnaryOperator<JsonElement> around) {
        inner.forEach(change -> changes.add(new ChangedJson(place + change.where, around.apply(change.json))));
    }

    private static JsonPrimitive other(JsonPrimitive value) {
        if (value.isBoolean()) {
            return new JsonPrimitive(!value.getAsBoolean());
        }
        return value.isNumber()
                ? new JsonPrimitive(value.getAsDouble() + 1)
                : new JsonPrimitive(value.getAsString() + "x");
    }

    private static JsonObject with(JsonObject object, String key, JsonElement value) {
        var copy = new JsonObject();
        copy.asMap().putAll(object.asMap());
        copy.add(key, value);
        return copy;
    }

    private static JsonObject without(JsonObject object, String key) {
        var copy = new JsonObject();
        copy.asMap().putAll(object.asMap());
        copy.remove(key);
        return copy;
    }

    private static JsonArray with(JsonArray list, int index, JsonElement value) {
        var copy = new JsonArray();
        copy.addAll(list);
        if (index == list.size()) {
            copy.add(value);
        } else {
            copy.set(index, value);
        }
        return copy;
    }
}
