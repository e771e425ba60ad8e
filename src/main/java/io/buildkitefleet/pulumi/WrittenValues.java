package io.buildkitefleet.pulumi;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * What YAML makes a number, a boolean or a time of, as it is written: 12.10 is another version than 12.1, and the same
 * number.
 *
 * @param byPlace by full key and what stands below it, such as {@code gcp:project} or {@code a:b.list[0].key}
 * @param keys keys of which YAML makes another text, by the place that they have then
 */
public record WrittenValues(Map<String, Value> byPlace, Map<String, Value> keys) {
    /** Of a source that does not say how its values were written. */
    public static final WrittenValues NONE = new WrittenValues(Map.of(), Map.of());

    private static final Set<Tag> TYPED = Set.of(Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP);

    public WrittenValues {
        byPlace = Map.copyOf(byPlace);
        keys = Map.copyOf(keys);
    }

    /** None if it is a text, or if its writing is not known. */
    public Optional<Value> at(String place) {
        return Optional.ofNullable(byPlace.get(place));
    }

    /** How the key at a place is written; none if it reads as it is written, or if its writing is not known. */
    public Optional<Value> keyAt(String place) {
        return Optional.ofNullable(keys.get(place));
    }

    /** @param fullKey the key with its namespace of one in the file */
    static WrittenValues of(Node config, UnaryOperator<String> fullKey) {
        return config instanceof MappingNode map ? new Walk().of(map, fullKey) : NONE;
    }

    /**
     * A value as it is written in a file.
     *
     * @param text without quotes, of which there are none around it
     * @param line in which it stands, from 1
     */
    public record Value(String text, int line) {
        private static Value of(ScalarNode scalar) {
            return new Value(scalar.getValue(), scalar.getStartMark().getLine() + 1);
        }
    }

    private static final class Walk {
        private final Map<String, Value> found = new TreeMap<>();
        private final Map<String, Value> keys = new TreeMap<>();
        private final Set<Node> above = Collections.newSetFromMap(new IdentityHashMap<>());

        WrittenValues of(MappingNode config, UnaryOperator<String> fullKey) {
            entries(config).forEach((key, entry) -> below(fullKey.apply(key), entry.value()));
            return new WrittenValues(found, keys);
        }

        private void below(String place, Node node) {
            if (!above.add(node)) {
                return;
            }
            if (node instanceof MappingNode map) {
                entries(map).forEach((key, entry) -> {
                    key(place + "." + key, key, entry.key());
                    below(place + "." + key, entry.value());
                });
            } else if (node instanceof SequenceNode list) {
                for (int i = 0; i < list.getValue().size(); i++) {
                    below(place + "[" + i + "]", list.getValue().get(i));
                }
            } else if (node instanceof ScalarNode scalar && isTyped(scalar)) {
                found.put(place, Value.of(scalar));
            }
            above.remove(node);
        }

        private void key(String place, String read, ScalarNode written) {
            if (!read.equals(written.getValue())) {
                keys.put(place, Value.of(written));
            }
        }

        private static boolean isTyped(ScalarNode scalar) {
            return scalar.isPlain() && TYPED.contains(scalar.getTag());
        }

        /** A key and its value, as they are written. */
        private record Entry(ScalarNode key, Node value) {}

        /** What stands in a map goes before what is merged into it. */
        private static Map<String, Entry> entries(MappingNode map) {
            var entries = new TreeMap<String, Entry>();
            Deque<Node> merged = new ArrayDeque<>();
            map.getValue().forEach(entry -> {
                if (entry.getKeyNode().getTag().equals(Tag.MERGE)) {
                    merged.add(entry.getValueNode());
                } else if (entry.getKeyNode() instanceof ScalarNode key) {
                    entries.put(read(key), new Entry(key, entry.getValueNode()));
                }
            });
            while (!merged.isEmpty()) {
                var next = merged.remove();
                if (next instanceof MappingNode other) {
                    entries(other).forEach(entries::putIfAbsent);
                } else if (next instanceof SequenceNode others) {
                    merged.addAll(others.getValue());
                }
            }
            return entries;
        }

        private static String read(ScalarNode key) {
            return isTyped(key) ? YamlFile.plain(key.getValue()) : key.getValue();
        }
    }
}
