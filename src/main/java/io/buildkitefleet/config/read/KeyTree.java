package io.buildkitefleet.config.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys as they stand in each other.
 *
 * @param name the last part of the path: a key, {@link KeyReference#NAME} or {@link KeyReference#ITEM}; empty for all
 * @param path as the reference of keys has it
 * @param key what holds a value; none if other keys stand in it
 * @param children in the order of the reference
 */
public record KeyTree(String name, String path, Optional<KeyReference.Key> key, List<KeyTree> children) {
    public KeyTree {
        children = List.copyOf(children);
    }

    public static KeyTree of(KeyReference reference) {
        return of("", "", reference.keys());
    }

    private static KeyTree of(String name, String path, List<KeyReference.Key> keys) {
        var children = new ArrayList<KeyTree>();
        keys.stream().map(key -> next(path, key)).distinct().forEach(child -> {
            var childPath = joined(path, child);
            children.add(of(
                    child,
                    childPath,
                    keys.stream()
                            .filter(key -> isAtOrBelow(key.path(), childPath))
                            .filter(key -> !key.path().equals(path))
                            .toList()));
        });
        var own = keys.stream().filter(key -> key.path().equals(path)).findFirst();
        return new KeyTree(name, path, own, own.isPresent() ? List.of() : children);
    }

    /** The part of a key's path that follows. */
    private static String next(String path, KeyReference.Key key) {
        var rest = key.path().substring(path.length());
        if (rest.startsWith(KeyReference.ITEM)) {
            return KeyReference.ITEM;
        }
        return rest.replaceFirst("^\\.", "").split("\\.|(?=\\[])", 2)[0];
    }

    private static String joined(String path, String name) {
        return path.isEmpty() || name.equals(KeyReference.ITEM) ? path + name : path + "." + name;
    }

    private static boolean isAtOrBelow(String path, String above) {
        return path.equals(above) || path.startsWith(above + ".") || path.startsWith(above + KeyReference.ITEM);
    }

    /** Whether whoever writes what stands above it has to write this. */
    public boolean isRequired() {
        return key.filter(KeyReference.Key::isRequired).isPresent();
    }

    /** Whether the same holds where another key is not there. */
    public boolean isRequiredWithout(String other) {
        return key.filter(found -> found.isRequiredWithout(other)).isPresent();
    }
}
