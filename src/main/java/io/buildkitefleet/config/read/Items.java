package io.buildkitefleet.config.read;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How the items of a list are read, of which none stands there twice.
 *
 * @param allowed what one item is, in words
 * @param read the value of an item; none if it is refused
 * @param shown what was written
 * @param flaw why an item is refused, if that can be said
 * @param standIn what a refused item is read as, so that the others keep their places; without it, one that is refused
 *     makes the list none
 */
record Items<T>(
        String allowed,
        Function<JsonElement, Optional<T>> read,
        Function<JsonElement, String> shown,
        Function<JsonElement, Optional<String>> flaw,
        Optional<T> standIn) {
    static <T> Items<T> of(String allowed, Function<JsonElement, Optional<T>> read) {
        return new Items<>(allowed, read, JsonText::describe, json -> Optional.empty(), Optional.empty());
    }

    Items<T> shown(Function<JsonElement, String> how) {
        return new Items<>(allowed, read, how, flaw, standIn);
    }

    Items<T> because(Function<JsonElement, Optional<String>> reason) {
        return new Items<>(allowed, read, shown, reason, standIn);
    }

    Items<T> orElse(T value) {
        return new Items<>(allowed, read, shown, flaw, Optional.of(value));
    }

    /** What was written, and why it is none. */
    String refused(JsonElement json) {
        return shown.apply(json) + flaw.apply(json).map("; "::concat).orElse("");
    }

    /** Each item in its place; none if one was refused for which nothing stands in. */
    Optional<List<T>> read(JsonArray json, Place place, ValueForm form) {
        var items = new ArrayList<Optional<T>>();
        for (int i = 0; i < json.size(); i++) {
            var item = read.apply(json.get(i));
            if (item.isEmpty()) {
                var at = place.item(i);
                at.add("must be " + allowed + ", got " + refused(json.get(i))
                        + YamlReading.of(json.get(i), at.written(), form));
            } else if (items.contains(item)) {
                place.item(i).add("stands in the list already, got " + shown.apply(json.get(i)));
                item = Optional.empty();
            }
            items.add(item);
        }
        var values =
                items.stream().flatMap(item -> item.or(() -> standIn).stream()).toList();
        return values.size() == json.size() ? Optional.of(values) : Optional.empty();
    }
}
