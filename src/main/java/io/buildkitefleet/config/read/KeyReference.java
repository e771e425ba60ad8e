package io.buildkitefleet.config.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every key that the reader asked for, in the order in which it asked: the source of {@code docs/configuration.md}. */
public final class KeyReference {
    private final Map<String, Key> keys = new LinkedHashMap<>();

    /**
     * One key.
     *
     * @param path below {@code buildkite-fleet:fleet}, with {@code <name>} where a person chooses the name
     * @param allowed what it may hold
     * @param otherwise its default, or "required"
     * @param doc what it means
     */
    public record Key(String path, String allowed, String otherwise, String doc) {}

    void add(String path, String allowed, String otherwise, String doc) {
        keys.putIfAbsent(path, new Key(path, allowed, otherwise, doc));
    }

    public List<Key> keys() {
        return new ArrayList<>(keys.values());
    }
}
