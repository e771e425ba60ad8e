package io.buildkitefleet.diff;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.resources.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The inputs that differ between two states of a resource. What is known only after the update equals what is known
 * only then, and a secret equals a secret: a plan has the values of neither.
 */
final class InputDiff {
    /** A rule's own name, with which its message begins: {@code [images] this queue takes images from ...}. */
    private static final Pattern RULE = Pattern.compile("\\[([\\w-]+)] ");

    /** Where the name of an input ends in a path. */
    private static final Pattern INPUT = Pattern.compile("[.\\[]");

    private static final String SECRET = "[secret]";
    private static final String UNKNOWN = "(known after up)";
    private static final String CHANGED_SECRET = "(secret, changed)";

    private final BiFunction<String, JsonElement, Effect> effects;
    private final OwnIds ids;
    private final Set<String> references;
    private final List<PropertyChange> changes = new ArrayList<>();

    private InputDiff(BiFunction<String, JsonElement, Effect> effects, OwnIds ids, Set<String> references) {
        this.effects = effects;
        this.ids = ids;
        this.references = references;
    }

    /** @param effects what a change does by which the value at a path goes or comes */
    static List<PropertyChange> of(
            JsonObject before, JsonObject after, BiFunction<String, JsonElement, Effect> effects) {
        return new InputDiff(effects, OwnIds.NONE, Set.of()).changes(before, after);
    }

    /**
     * Those of a resource that two stacks have.
     *
     * @param ids in which texts, and names of values, may differ
     * @param references inputs that are known to name resources
     */
    static List<PropertyChange> ofStacks(JsonObject base, JsonObject stack, OwnIds ids, Set<String> references) {
        return new InputDiff((path, value) -> Effect.UPDATE, ids, references).changes(base, stack);
    }

    private List<PropertyChange> changes(JsonObject before, JsonObject after) {
        objects(before.asMap(), after.asMap(), "", InputPaths::below);
        return List.copyOf(changes);
    }

    private void objects(
            Map<String, JsonElement> old, Map<String, JsonElement> after, String path, BinaryOperator<String> below) {
        var before = ids.asIn(after.keySet(), old, isReference(path));
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            values(
                    before.getOrDefault(name, JsonNull.INSTANCE),
                    after.getOrDefault(name, JsonNull.INSTANCE),
                    below.apply(path, name));
        }
    }

    private boolean areSame(JsonElement before, JsonElement after, String path) {
        return before.equals(after)
                || before instanceof JsonPrimitive old
                        && after instanceof JsonPrimitive now
                        && old.isString()
                        && now.isString()
                        && ids.areSame(old.getAsString(), now.getAsString(), isReference(path));
    }

    private boolean isReference(String path) {
        return references.contains(INPUT.split(path, 2)[0]);
    }

    private void values(JsonElement before, JsonElement after, String path) {
        if (areSame(before, after, path)) {
            return;
        }
        if (before instanceof JsonObject old && after instanceof JsonObject now) {
            objects(old.asMap(), now.asMap(), path, InputPaths::below);
        } else if (before instanceof JsonArray old && after instanceof JsonArray now) {
            lists(old, now, path);
        } else {
            var isSecret = isSecret(before) || isSecret(after);
            changes.add(new PropertyChange(
                    path,
                    isSecret ? "" : text(before),
                    isSecret ? CHANGED_SECRET : text(after),
                    effects.apply(path, before).or(effects.apply(path, after))));
        }
    }

    /** Items with marks of their own are told apart by them, so that one more does not move all the others. */
    private void lists(JsonArray before, JsonArray after, String path) {
        var old = byMark(before);
        var now = byMark(after);
        if (!old.isEmpty() && !now.isEmpty()) {
            objects(old, now, path, (list, mark) -> list + "[" + mark + "]");
            return;
        }
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            values(
                    i < before.size() ? before.get(i) : JsonNull.INSTANCE,
                    i < after.size() ? after.get(i) : JsonNull.INSTANCE,
                    path + "[" + i + "]");
        }
    }

    /** The items by their marks; empty unless each is an object with a mark that no other has. */
    private static Map<String, JsonElement> byMark(JsonArray items) {
        var marked = new LinkedHashMap<String, JsonElement>();
        for (var item : items) {
            var mark = item instanceof JsonObject object ? mark(object) : Optional.<String>empty();
            if (mark.isEmpty() || marked.put(mark.get(), item) != null) {
                return Map.of();
            }
        }
        return marked;
    }

    /** The name of an item, or what its message begins with, as that of each rule of an admission policy does. */
    private static Optional<String> mark(JsonObject item) {
        return text(item, "name").map("name="::concat).or(() -> text(item, "message")
                .map(RULE::matcher)
                .filter(Matcher::lookingAt)
                .map(rule -> "rule=" + rule.group(1)));
    }

    private static Optional<String> text(JsonObject item, String key) {
        return item.get(key) instanceof JsonPrimitive text ? Optional.of(text.getAsString()) : Optional.empty();
    }

    private static boolean isSecret(JsonElement value) {
        return value.toString().contains(SECRET);
    }

    private static String text(JsonElement value) {
        if (value.isJsonNull()) {
            return "";
        }
        return value.toString()
                .replace("\"" + PropertyValues.UNKNOWN + "\"", UNKNOWN)
                .replace(PropertyValues.UNKNOWN, UNKNOWN);
    }
}
