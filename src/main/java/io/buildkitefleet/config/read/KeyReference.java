package io.buildkitefleet.config.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every key that the reader may ask for, in the order in which it asks: the source of {@code docs/configuration.md}.
 */
public final class KeyReference {
    /** What stands in a path for a name that a person chooses. */
    public static final String NAME = "<name>";

    /** What follows a key in a path that holds a list of objects. */
    public static final String ITEM = "[]";

    /** The default of a key that may not be left out. */
    static final String REQUIRED = "required";

    /** The default of a key that may not be left out where another one is not there. */
    static String requiredWithout(String other) {
        return REQUIRED + " without `" + other + "`";
    }

    private final Map<String, Key> keys = new LinkedHashMap<>();

    /**
     * One key.
     *
     * @param path below {@code buildkite-fleet:fleet}, with {@link #NAME} and {@link #ITEM}
     * @param form what its value looks like
     * @param allowed the same and more in words
     * @param otherwise its default, or "required"
     * @param doc what it means
     */
    public record Key(String path, ValueForm form, String allowed, String otherwise, String doc) {
        public boolean isRequired() {
            return otherwise.equals(REQUIRED);
        }

        /** Whether it may not be left out where another key is not there. */
        public boolean isRequiredWithout(String other) {
            return otherwise.equals(KeyReference.requiredWithout(other));
        }
    }

    KeyReference() {}

    /** Of all that this reads of an object, also where nothing is written. */
    public static KeyReference of(Consumer<Section> read) {
        var reference = new KeyReference();
        try (var section = Section.ofEverything(new Problems("").at(), reference)) {
            read.accept(section);
        }
        return reference;
    }

    void add(Key key) {
        keys.putIfAbsent(key.path(), key);
    }

    public List<Key> keys() {
        return new ArrayList<>(keys.values());
    }
}
