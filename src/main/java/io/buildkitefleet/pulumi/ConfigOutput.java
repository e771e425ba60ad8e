package io.buildkitefleet.pulumi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code pulumi config --json} prints of a stack: its configuration with what {@code Pulumi.yaml} and its
 * environments add to it, which only Pulumi can open.
 *
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.207.0/pkg/cmd/pulumi/config/config.go">configValueJSON</a>
 */
public final class ConfigOutput {
    private static final String VALUE = "value";
    private static final String OBJECT = "objectValue";
    private static final String SECRET = "secret";
    private static final Set<String> KEYS = Set.of(VALUE, OBJECT, SECRET);

    private ConfigOutput() {}

    /** Whether a file that can be read is one. */
    public static boolean isOne(Path file) {
        return isOne(YamlFile.readMap(file));
    }

    /** Whether a file with these keys is one: no key of a stack's file has a namespace. */
    static boolean isOne(Map<String, Object> settings) {
        return !settings.isEmpty()
                && settings.entrySet().stream()
                        .allMatch(entry -> entry.getKey().contains(":") && isEntry(entry.getValue()));
    }

    private static boolean isEntry(Object value) {
        return value instanceof Map<?, ?> entry
                && entry.get(SECRET) instanceof Boolean
                && KEYS.containsAll(entry.keySet());
    }

    /**
     * The configuration in the form of a stack's file.
     *
     * @param name of the file
     * @throws ProjectException if it has the value of a secret
     */
    static Map<String, Object> config(String name, Map<String, Object> settings) {
        var config = new TreeMap<String, Object>();
        settings.forEach((key, value) -> {
            var entry = (Map<?, ?>) value;
            if (Boolean.TRUE.equals(entry.get(SECRET))) {
                if (entry.get(VALUE) != null || entry.get(OBJECT) != null) {
                    throw new ProjectException(name + ": has the value of the secret " + key
                            + " in it; delete it, and make it anew without "
                            + "--show-secrets, which nothing here needs");
                }
                config.put(key, Map.of("secure", ""));
            } else {
                config.put(key, entry.get(OBJECT) == null ? entry.get(VALUE) : entry.get(OBJECT));
            }
        });
        return config;
    }
}
