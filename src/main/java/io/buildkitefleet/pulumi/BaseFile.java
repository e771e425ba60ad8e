package io.buildkitefleet.pulumi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file from which stacks take what they lack. It has the form of a stack's file.
 *
 * @param name its path from the directory of the project
 * @param config values by full key, as those of a {@link Stack}
 * @param secretKeys the full keys whose values are, or contain, secrets
 * @param otherKeys what the file says beside {@code config}
 * @param written how its values are written, where YAML makes something else than text of them
 */
public record BaseFile(
        String name, Map<String, String> config, Set<String> secretKeys, Set<String> otherKeys, WrittenValues written) {
    private static final String CONFIG = "config";

    public BaseFile {
        config = Map.copyOf(config);
        secretKeys = Set.copyOf(secretKeys);
        otherKeys = Set.copyOf(otherKeys);
    }

    static BaseFile read(String project, String name, Path file) {
        var text = YamlFile.readText(file);
        var settings = YamlFile.readMap(file, text);
        var values = new ConfigValues(project, name);
        var written = YamlFile.written(text, values::fullKey);
        values.writtenAs(written);
        if (settings.get(CONFIG) != null) {
            values.addAll(YamlFile.asMap(settings.get(CONFIG), name + ": config must be a map of keys to values"));
        }
        var others = new TreeSet<>(settings.keySet());
        others.remove(CONFIG);
        return new BaseFile(name, values.texts(), values.secretKeys(), others, written);
    }
}
