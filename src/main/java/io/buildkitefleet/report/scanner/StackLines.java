package io.buildkitefleet.report.scanner;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * On which line of a stack's file the part of the configuration stands that a resource comes from, as far as its name
 * says that. What comes of no part, or of one that has its defaults, is the fleet's own line.
 */
public final class StackLines {
    private static final String FLEET = "config.buildkite-fleet:fleet";

    /** No key of a fleet is deeper, and what an alias repeats in itself has no end. */
    private static final int DEEPEST = 8;

    /** What the name of a resource begins with, to the part that has one of them for each name, or is one. */
    private static final Map<String, List<String>> PARTS = Map.ofEntries(
            Map.entry("pool", List.of("pools")),
            Map.entry("queue", List.of("queues")),
            Map.entry("identity", List.of("queues", "caches")),
            Map.entry("artifacts", List.of("queues", "artifacts")),
            Map.entry("deploy", List.of("namespaces")),
            Map.entry("network", List.of("network")),
            Map.entry("cluster", List.of("cluster")),
            Map.entry("cache", List.of("caches")),
            Map.entry("caches", List.of("caches")),
            Map.entry("mirrors", List.of("checkout")),
            Map.entry("mac", List.of("mac")),
            Map.entry("agents", List.of("mac")),
            Map.entry("deployer", List.of("deployer")));

    /** From the path of each key in the file to its line. */
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private StackLines() {}

    /** Of what is in a file. What is no YAML has one line. */
    public static StackLines of(String text) {
        var found = new StackLines();
        try {
            var root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            found.read("", root, 0);
        } catch (YAMLException unreadable) {
            found.lines.clear();
        }
        return found;
    }

    /** Of no file. */
    public static StackLines none() {
        return new StackLines();
    }

    private void read(String path, Node node, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (node instanceof MappingNode map) {
            for (var entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    var below = path.isEmpty() ? key.getValue() : path + "." + key.getValue();
                    lines.put(below, key.getStartMark().getLine() + 1);
                    read(below, entry.getValueNode(), depth + 1);
                }
            }
        } else if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                var item = list.getValue().get(i);
                lines.put(path + "[" + i + "]", item.getStartMark().getLine() + 1);
                read(path + "[" + i + "]", item, depth + 1);
            }
        }
    }

    /**
     * The line for a resource.
     *
     * @param resource its name, such as {@code pool-big-nodes}, or a place in the fleet, such as {@code waivers[2]}
     * @return from 1 on
     */
    public int lineOf(String resource) {
        return line(resource).or(() -> part(resource)).orElseGet(() -> lines.getOrDefault(FLEET, 1));
    }

    private Optional<Integer> part(String resource) {
        var words = resource.split("-", 2);
        for (var part : PARTS.getOrDefault(words[0], List.of())) {
            var named = words.length > 1 ? named(part, words[1]) : Optional.<Integer>empty();
            if (named.isPresent()) {
                return named;
            }
        }
        return PARTS.getOrDefault(words[0], List.of()).stream()
                .filter(part -> !part.equals("queues"))
                .flatMap(part -> line(part).stream())
                .findFirst();
    }

    /**
     * The longest name of the part with which the rest of the resource's begins: a pool {@code big}, or {@code big-2}.
     */
    private Optional<Integer> named(String part, String rest) {
        for (var name = rest; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('-')))) {
            var found = line(part + "." + name);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Integer> line(String place) {
        return Optional.ofNullable(lines.get(FLEET + "." + place));
    }
}
