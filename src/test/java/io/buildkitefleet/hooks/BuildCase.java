package io.buildkitefleet.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A build of the table {@code builds.yaml}.
 *
 * @param name what it is
 * @param set variables that differ from those of a push, without BUILDKITE_; {@code <name>} stands for a commit
 * @param raw further variables, by their whole names
 * @param policy what the queue's policy has besides
 * @param agent what the agent is configured with
 * @param because a part of the reason why it is refused; empty where it must run
 */
record BuildCase(
        String name,
        Map<String, String> set,
        Map<String, String> raw,
        String policy,
        Map<String, String> agent,
        String because) {
    private static final Path TABLE = Path.of("src", "test", "resources", "builds.yaml");

    static Stream<BuildCase> allowed() {
        return of("allowed");
    }

    static Stream<BuildCase> attacks() {
        return of("attacks");
    }

    @Override
    public String toString() {
        return name;
    }

    private static Stream<BuildCase> of(String half) {
        try (var reader = Files.newBufferedReader(TABLE)) {
            Map<String, List<Map<?, ?>>> table = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return table.get(half).stream()
                    .map(entry -> new BuildCase(
                            (String) entry.get("case"),
                            texts(entry.get("set")),
                            texts(entry.get("raw")),
                            entry.get("policy") instanceof String lines ? lines : "",
                            texts(entry.get("agent")),
                            entry.get("because") instanceof String reason ? reason : ""));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static Map<String, String> texts(Object value) {
        var texts = new TreeMap<String, String>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((key, text) -> texts.put((String) key, (String) text));
        }
        return texts;
    }
}
