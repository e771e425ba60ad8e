package io.buildkitefleet.config.read;

import io.buildkitefleet.pulumi.WrittenValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A place of the configuration, and what is wrong there: what is said of a value stands at its path, and what only
 * follows from a value that is wrong itself need not be said.
 */
public final class Place {
    private final String path;
    private final Problems problems;

    Place(String path, Problems problems) {
        this.path = path;
        this.problems = problems;
    }

    /** What stands below it under these keys, one in the other. */
    public Place at(String... keys) {
        return keys.length == 0 ? this : new Place(path + "." + String.join(".", keys), problems);
    }

    /** An item of the list that stands here. */
    public Place item(int index) {
        return new Place(path + "[" + index + "]", problems);
    }

    /** Looks at each item of the list that stands here, in its place, but for those that were refused. */
    public <T> void each(List<T> items, BiConsumer<Place, T> look) {
        for (int i = 0; i < items.size(); i++) {
            var item = item(i);
            if (!item.isRefused()) {
                look.accept(item, items.get(i));
            }
        }
    }

    /** As {@link #each}, and with the items before it that were not refused. */
    public <T> void eachAfter(List<T> items, ItemCheck<T> look) {
        var earlier = new ArrayList<T>();
        each(items, (item, value) -> {
            look.at(item, value, List.copyOf(earlier));
            earlier.add(value);
        });
    }

    /** Looks at an item of a list. */
    @FunctionalInterface
    public interface ItemCheck<T> {
        void at(Place place, T item, List<T> earlier);
    }

    public void add(String message) {
        problems.add(path, message);
    }

    /** Of what stands below it under a key. */
    public void add(String key, String message) {
        at(key).add(message);
    }

    /** Something that may be right, although it is not known here. */
    public void warn(String message) {
        problems.warn(path, message);
    }

    /**
     * A name that is none of those that there are.
     *
     * @param otherwise what to do if no known name is near it
     */
    public void addUnknown(String what, String got, Set<String> known, String otherwise) {
        add("is not " + what + ", got \"" + got + "\"; " + Section.suggestion(got, known, otherwise));
    }

    /** How the value that stands here is written, where it is no text to YAML and that is known. */
    Optional<WrittenValues.Value> written() {
        return problems.writtenAt(path);
    }

    /** Nothing stands here because the key is misspelt, which is told there: that it is missing need not be said. */
    void excuse() {
        problems.excuse(path);
    }

    /** Whether the value as a whole is wrong, so that nothing is known of what stands below it. */
    public boolean isRefused() {
        return problems.isAt(path);
    }

    /** Whether anything is wrong here or below. */
    public boolean isInDoubt() {
        return problems.isAtOrBelow(path);
    }

    public boolean isInDoubt(String key) {
        return at(key).isInDoubt();
    }
}
