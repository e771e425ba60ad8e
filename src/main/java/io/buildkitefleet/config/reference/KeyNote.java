package io.buildkitefleet.config.reference;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.buildkitefleet.text.BundledFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of another value of a key, tried in the stack that uses every key, and what rules said of it in the
 * smallest: a test writes these down, and holds them to what comes of it now.
 *
 * @param since the day on which the key came
 * @param example where a value stands in that stack, as YAML from the fleet down
 * @param types tokens of the resource types that became others, more or fewer
 * @param cost whether the fleet cost another amount
 * @param waives whether nothing but what is waived was another
 * @param fails the ids of rules that something broke with one value, or without one, and nothing with another
 * @param rules the ids of other rules that found something else, or read something that was another; first those that
 *     passed or were for nothing by one value alone, and those that name the key
 * @param without why it shows in nothing of this by itself; empty for most
 */
public record KeyNote(
        String since,
        String example,
        List<String> types,
        boolean cost,
        boolean waives,
        List<String> fails,
        List<String> rules,
        String without) {
    private static final String FILE = "/config/keys.json";

    public KeyNote {
        types = List.copyOf(types);
        fails = List.copyOf(fails);
        rules = List.copyOf(rules);
    }

    /** Of every key, by its path in the reference of keys. */
    public static Map<String, KeyNote> all() {
        var notes = new LinkedHashMap<String, KeyNote>();
        JsonParser.parseString(BundledFile.text(FILE))
                .getAsJsonObject()
                .asMap()
                .forEach((path, note) -> notes.put(path, of(note.getAsJsonObject())));
        return notes;
    }

    private static KeyNote of(JsonObject note) {
        return new KeyNote(
                note.get("since").getAsString(),
                note.get("example").getAsString(),
                texts(note.getAsJsonArray("types")),
                note.get("cost").getAsBoolean(),
                note.get("waives").getAsBoolean(),
                texts(note.getAsJsonArray("fails")),
                texts(note.getAsJsonArray("rules")),
                note.has("without") ? note.get("without").getAsString() : "");
    }

    private static List<String> texts(JsonArray array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.getAsString()));
        return texts;
    }
}
