package io.buildkitefleet.resources;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The inputs of a type that cannot be changed where they are. A value holds for all that is in it. A block is a list of
 * objects, or one object: only that it comes or goes counts, and what is in it is a field of its own.
 */
final class ReplacedInputs {
    /** A name, quoted if it has marks of its own, or a place in a list. */
    private static final Pattern STEP = Pattern.compile("\\[\"((?:[^\"\\\\]|\\\\.)*)\"]|\\[[^\\]]*]|([^.\\[]+)");

    private final UnaryOperator<String> provider;
    private final Map<List<String>, Effect> effects = new HashMap<>();
    private final Set<List<String>> blocks = new HashSet<>();
    private final Set<List<String>> parents = new HashSet<>();

    /** @param provider what the provider calls an input */
    ReplacedInputs(UnaryOperator<String> provider) {
        this.provider = provider;
    }

    void add(String path, Effect effect) {
        var place = place(path);
        effects.merge(place, effect, Effect::or);
        for (int depth = 1; depth < place.size(); depth++) {
            parents.add(place.subList(0, depth));
        }
    }

    void addBlock(String path, Effect effect) {
        add(path, effect);
        blocks.add(place(path));
    }

    Effect effect(String path, JsonElement value) {
        var place = place(path);
        for (int depth = 1; depth < place.size(); depth++) {
            var above = place.subList(0, depth);
            if (effects.containsKey(above) && !blocks.contains(above)) {
                return effects.get(above);
            }
        }
        return at(place, value);
    }

    private Effect at(List<String> place, JsonElement value) {
        return effects.getOrDefault(place, Effect.UPDATE).or(inside(place, value));
    }

    private Effect inside(List<String> place, JsonElement value) {
        if (value instanceof JsonObject object) {
            return worst(object.asMap().entrySet().stream()
                    .filter(field -> !field.getValue().isJsonNull())
                    .map(field -> at(below(place, field.getKey()), field.getValue())));
        }
        if (value instanceof JsonArray items) {
            return worst(items.asList().stream().map(item -> inside(place, item)));
        }
        return value.isJsonNull() || !parents.contains(place) ? Effect.UPDATE : Effect.MAY_REPLACE;
    }

    private static Effect worst(Stream<Effect> effects) {
        return effects.reduce(Effect.UPDATE, Effect::or);
    }

    private List<String> below(List<String> place, String name) {
        return Stream.concat(place.stream(), Stream.of(provider.apply(name))).toList();
    }

    private List<String> place(String path) {
        var place = new ArrayList<String>();
        STEP.matcher(path).results().forEach(step -> Stream.of(1, 2)
                .map(step::group)
                .filter(name -> name != null)
                .map(provider)
                .forEach(place::add));
        return List.copyOf(place);
    }
}
