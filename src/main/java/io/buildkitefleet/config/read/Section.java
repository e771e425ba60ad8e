package io.buildkitefleet.config.read;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * One object of the configuration while it is read. It remembers which keys were asked for, so that {@link #close()}
 * can name those that nobody asked for, with the nearest known key.
 */
public final class Section implements AutoCloseable {
    /** A typo further away than this many edits, or than half of what was written, is not a typo of the key. */
    private static final int NEAR = 3;

    private final String path;
    private final JsonObject object;
    private final Problems problems;
    private final KeyReference reference;
    private final String pattern;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param path where the object stands, for messages
     * @param pattern the same with {@code <name>} for the names that a person chooses, for the reference of keys
     */
    public Section(String path, String pattern, JsonObject object, Problems problems, KeyReference reference) {
        this.path = path;
        this.pattern = pattern;
        this.object = object;
        this.problems = problems;
        this.reference = reference;
    }

    public String path() {
        return path;
    }

    /** A key that holds a value; {@code doc} is what the reference of keys says of it. */
    public Field field(String key, String doc) {
        known.add(key);
        return new Field(child(key), patternOf(key), doc, element(key), problems, reference);
    }

    /** A key that holds an object; an absent one reads as an empty object, so that its defaults apply. */
    public Section section(String key) {
        known.add(key);
        return new Section(child(key), patternOf(key), object(child(key), element(key)), problems, reference);
    }

    /** A key that holds an object or is left out. */
    public Optional<Section> optionalSection(String key) {
        known.add(key);
        return element(key)
                .map(value ->
                        new Section(child(key), patternOf(key), object(child(key), element(key)), problems, reference));
    }

    /** A key that holds objects under names that the person chooses; Pulumi hands them on sorted. */
    public Map<String, Section> named(String key) {
        known.add(key);
        var sections = new LinkedHashMap<String, Section>();
        for (var entry : object(child(key), element(key)).entrySet()) {
            var at = child(key) + "." + entry.getKey();
            sections.put(
                    entry.getKey(),
                    new Section(
                            at,
                            patternOf(key) + ".<name>",
                            object(at, Optional.of(entry.getValue())),
                            problems,
                            reference));
        }
        return sections;
    }

    /** A key that holds a list of objects. */
    public List<Section> list(String key) {
        known.add(key);
        var sections = new ArrayList<Section>();
        var elements = element(key);
        if (elements.isPresent() && !elements.get().isJsonArray()) {
            problems.add(child(key), "must be a list of objects, got " + JsonText.describe(elements.get()));
            return List.of();
        }
        elements.ifPresent(array -> {
            for (var item : array.getAsJsonArray()) {
                var at = child(key) + "[" + sections.size() + "]";
                sections.add(
                        new Section(at, patternOf(key) + "[]", object(at, Optional.of(item)), problems, reference));
            }
        });
        return sections;
    }

    /** Reports the keys that nobody asked for. */
    @Override
    public void close() {
        for (var key : object.keySet()) {
            if (!known.contains(key)) {
                problems.add(child(key), "is not a key here; " + suggestion(key, known));
            }
        }
    }

    /** "did you mean ..." when one of the names is near, else the list of them. */
    public static String suggestion(String got, Set<String> known) {
        return suggestion(got, known, "allowed: " + String.join(", ", known));
    }

    /** "did you mean ..." when one of the names is near, else what is to be said then. */
    public static String suggestion(String got, Set<String> known, String otherwise) {
        var edits = new LevenshteinDistance(Math.min(NEAR, (got.length() + 1) / 2));
        ToIntFunction<String> distance =
                name -> edits.apply(got.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        return known.stream()
                .filter(name -> distance.applyAsInt(name) >= 0)
                .min(Comparator.comparingInt(distance))
                .map(name -> "did you mean '" + name + "'?")
                .orElse(otherwise);
    }

    private JsonObject object(String at, Optional<JsonElement> value) {
        if (value.isEmpty()) {
            return new JsonObject();
        }
        if (!value.get().isJsonObject()) {
            problems.add(at, "must be an object of keys and values, got " + JsonText.describe(value.get()));
            return new JsonObject();
        }
        return value.get().getAsJsonObject();
    }

    /** A key that is written with nothing behind it counts as left out, as YAML's authors mean it. */
    private Optional<JsonElement> element(String key) {
        return Optional.ofNullable(object.get(key)).filter(value -> !value.isJsonNull());
    }

    private String child(String key) {
        return path + "." + key;
    }

    private String patternOf(String key) {
        return pattern.isEmpty() ? key : pattern + "." + key;
    }
}
