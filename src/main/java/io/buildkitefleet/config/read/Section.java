package io.buildkitefleet.config.read;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.text.Listing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * One object of the configuration while it is read. It remembers which keys were asked for, so that {@link #close()}
 * can name those that nobody asked for, with the nearest known key.
 */
public final class Section implements AutoCloseable {
    /**
     * A typo further away than this many edits, or than about a third of what was written, is not a typo of the key.
     */
    private static final int NEAR = 2;

    /** Who is told of more has to look at the list of them all. */
    private static final int MOST_SUGGESTED = 3;

    /** Of what is shorter nobody knows what was meant. */
    private static final int SHORTEST = 3;

    private final Place place;
    private final JsonObject object;
    private final KeyReference reference;
    private final String pattern;
    private final boolean everything;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param pattern where it stands, with {@code <name>} for the names that a person chooses
     * @param everything whether what may be left out is read all the same, once, so that its keys are noted
     */
    private Section(Place place, String pattern, JsonObject object, KeyReference reference, boolean everything) {
        this.place = place;
        this.pattern = pattern;
        this.object = object;
        this.reference = reference;
        this.everything = everything;
    }

    /** An object as somebody wrote it. */
    public static Section of(Place place, JsonObject object) {
        return new Section(place, "", object, new KeyReference(), false);
    }

    /** An object with all that could be written, for the sake of its keys. */
    static Section ofEverything(Place place, KeyReference reference) {
        return new Section(place, "", new JsonObject(), reference, true);
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }

    /** A key that holds a value; {@code doc} is what the reference of keys says of it. */
    public Field field(String key, String doc) {
        known.add(key);
        return new Field(place, key, patternOf(key), doc, element(key), reference);
    }

    /** A key that holds an object; an absent one reads as an empty object, so that its defaults apply. */
    public <T> T section(String key, Function<Section, T> read) {
        known.add(key);
        return below(place.at(key), patternOf(key), element(key), read);
    }

    /**
     * A key that holds an object or is left out. With nothing behind it, it may be meant as either, of which one makes
     * something and the other does not.
     */
    public <T> Optional<T> optionalSection(String key, Function<Section, T> read) {
        known.add(key);
        if (object.has(key) && object.get(key).isJsonNull()) {
            place.add(
                    key, "has nothing behind it; leave it out, or write what is to be there, {} where its defaults do");
            return Optional.empty();
        }
        var value = element(key);
        return everything || value.isPresent()
                ? Optional.of(below(place.at(key), patternOf(key), value, read))
                : Optional.empty();
    }

    /** A key that holds objects under names that the person chooses; Pulumi hands them on sorted. */
    public <T> Map<String, T> named(String key, Function<Section, T> read) {
        known.add(key);
        if (everything) {
            below(place.at(key, KeyReference.NAME), patternOf(key) + "." + KeyReference.NAME, Optional.empty(), read);
        }
        var values = new LinkedHashMap<String, T>();
        object(place.at(key), element(key)).asMap().forEach((name, value) -> {
            var at = place.at(key, name);
            values.put(name, below(at, patternOf(key) + "." + KeyReference.NAME, Optional.of(value), read));
            if (!Forms.LABEL.matcher(name).matches()) {
                at.add("its name must be " + Forms.LABEL_WORDS + ", got \"" + name + "\"");
            }
        });
        return values;
    }

    /** A key that holds a list of objects. */
    public <T> List<T> list(String key, Function<Section, T> read) {
        known.add(key);
        if (everything) {
            below(place.at(key).item(0), patternOf(key) + KeyReference.ITEM, Optional.empty(), read);
        }
        var elements = element(key);
        if (elements.isPresent() && !elements.get().isJsonArray()) {
            place.add(key, "must be a list of objects, got " + JsonText.describe(elements.get()));
            return List.of();
        }
        var values = new ArrayList<T>();
        elements.ifPresent(array -> array.getAsJsonArray().forEach(item -> {
            var at = place.at(key).item(values.size());
            values.add(below(at, patternOf(key) + KeyReference.ITEM, Optional.of(item), read));
        }));
        return List.copyOf(values);
    }

    /** A key that may not stand here, although it is one: what is said if it does. */
    public void refuse(String key, String message) {
        if (element(key).isPresent()) {
            place.add(key, message);
        }
    }

    /** Reports the keys that nobody asked for. */
    @Override
    public void close() {
        for (var key : object.keySet()) {
            if (!known.contains(key)) {
                place.add(key, "is not a key here; " + suggestion(key, known));
                nearest(key, known).filter(meant -> isMissing(meant, key)).ifPresent(meant -> place.at(meant)
                        .excuse());
            }
        }
    }

    /** A key such as {@code load.hours} stands in messages below {@code load}, with which it would be excused. */
    private boolean isMissing(String meant, String written) {
        return element(meant).isEmpty() && !written.startsWith(meant + ".") && !written.startsWith(meant + "[");
    }

    /** "did you mean ..." when one of the names is near, else the list of them. */
    public static String suggestion(String got, Set<String> known) {
        return suggestion(got, known, "allowed: " + Listing.of(known));
    }

    /** "did you mean ..." when one of the names is near, else what is to be said then. */
    public static String suggestion(String got, Set<String> known, String otherwise) {
        var near = near(got, known);
        return near.isEmpty() || near.size() > MOST_SUGGESTED
                ? otherwise
                : "did you mean '" + String.join("' or '", near) + "'?";
    }

    /** The name that was meant, if it is plain which: of the near ones, one alone is the nearest. */
    public static Optional<String> nearest(String got, Set<String> known) {
        return Optional.of(near(got, known)).filter(near -> near.size() == 1).map(near -> near.get(0));
    }

    /**
     * The names one of which may have been meant: those with which most of what was written agrees and none agrees
     * more, or the only one that begins with it.
     */
    public static List<String> near(String got, Set<String> known) {
        var written = got.toLowerCase(Locale.ROOT);
        var edits = new LevenshteinDistance(Math.min(NEAR, (written.length() + 1) / 3));
        ToIntFunction<String> distance = name -> edits.apply(written, name.toLowerCase(Locale.ROOT));
        var near = known.stream()
                .filter(name -> written.length() >= SHORTEST && distance.applyAsInt(name) >= 0)
                .toList();
        var least = near.stream().mapToInt(distance).min();
        return least.isEmpty()
                ? onlyOneThatBeginsWith(written, known).stream().toList()
                : near.stream()
                        .filter(name -> distance.applyAsInt(name) == least.getAsInt())
                        .toList();
    }

    private static Optional<String> onlyOneThatBeginsWith(String written, Set<String> known) {
        var longer = known.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(written))
                .toList();
        return longer.size() == 1 && written.length() >= SHORTEST ? Optional.of(longer.get(0)) : Optional.empty();
    }

    private <T> T below(Place at, String atPattern, Optional<JsonElement> value, Function<Section, T> read) {
        try (var section = new Section(at, atPattern, object(at, value), reference, everything)) {
            return read.apply(section);
        }
    }

    private static JsonObject object(Place at, Optional<JsonElement> value) {
        if (value.isEmpty()) {
            return new JsonObject();
        }
        if (!value.get().isJsonObject()) {
            at.add("must be an object of keys and values, got " + JsonText.describe(value.get()));
            return new JsonObject();
        }
        return value.get().getAsJsonObject();
    }

    /** A key that is written with nothing behind it counts as left out, as YAML's authors mean it. */
    private Optional<JsonElement> element(String key) {
        return Optional.ofNullable(object.get(key)).filter(value -> !value.isJsonNull());
    }

    private String patternOf(String key) {
        return pattern.isEmpty() ? key : pattern + "." + key;
    }
}
