package io.buildkitefleet.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A job of the table {@code safe-builds.yaml}.
 *
 * @param name what it is
 * @param kind the list of the table in which it stands
 * @param variables all that Buildkite would send
 * @param because a part of the reason why it is refused
 * @param onlyWithJson whether only agents that write JSON too can tell it
 */
public record SafeBuildCase(
        String name, Kind kind, Map<String, String> variables, Optional<String> because, boolean onlyWithJson) {
    /** What becomes of a job, and whether somebody tried to make it something else. */
    public enum Kind {
        ALLOWED,
        REFUSED,
        ATTACKS;

        private String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private static final Path TABLE = Path.of("src", "test", "resources", "safe-builds.yaml");

    public boolean isAllowed() {
        return kind == Kind.ALLOWED;
    }

    /** The policy of the table. */
    public static String policy() {
        return (String) table().get("policy");
    }

    public static Stream<SafeBuildCase> all() {
        var table = table();
        return Stream.of(Kind.values())
                .flatMap(kind -> list(table.get(kind.key())).map(entry -> of(kind, texts(table.get("base")), entry)));
    }

    /** Its variables that Buildkite sets, whose values any shell can be given. */
    public Map<String, String> plainVariables() {
        var plain = new LinkedHashMap<>(variables);
        plain.entrySet()
                .removeIf(variable -> !variable.getKey().startsWith("BUILDKITE_")
                        || variable.getValue().contains("\n"));
        return plain;
    }

    public static SafeBuildCase named(String name) {
        return all().filter(job -> job.name.equals(name)).findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return kind.key() + ": " + name;
    }

    private static SafeBuildCase of(Kind kind, Map<String, String> base, Map<?, ?> entry) {
        var variables = new LinkedHashMap<>(base);
        texts(entry.get("set")).forEach((name, value) -> variables.put("BUILDKITE_" + name, value));
        variables.putAll(texts(entry.get("raw")));
        variables.values().removeIf(java.util.Objects::isNull);
        return new SafeBuildCase(
                (String) entry.get("case"),
                kind,
                variables,
                Optional.ofNullable((String) entry.get("because")),
                Boolean.TRUE.equals(entry.get("json")));
    }

    private static Stream<Map<?, ?>> list(Object value) {
        return ((List<?>) value).stream().map(entry -> (Map<?, ?>) entry);
    }

    private static Map<String, String> texts(Object value) {
        var texts = new LinkedHashMap<String, String>();
        if (value != null) {
            ((Map<?, ?>) value).forEach((name, text) -> texts.put((String) name, (String) text));
        }
        return texts;
    }

    private static Map<?, ?> table() {
        try (var in = Files.newInputStream(TABLE)) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
