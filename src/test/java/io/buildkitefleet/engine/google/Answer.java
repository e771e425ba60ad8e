package io.buildkitefleet.engine.google;

import com.google.protobuf.Value;
import io.buildkitefleet.engine.provider.Values;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A row of the table: what comes back in a place.
 *
 * @param path the place as the table writes it
 * @param when values that have to be there for the row to hold, by their paths
 * @param source what says so
 */
record Answer(String path, Rule rule, Map<String, Object> when, String source) {
    private static final Set<String> KEYS =
            Set.of("is", "copyOf", "absent", "default", "unchanged", "asked", "when", "source");
    private static final String ANY = "any";

    /** What kind of answer it is. */
    sealed interface Rule {}

    /**
     * A value where nothing was asked.
     *
     * @param unchanged whether it is no change though the provider's schema does not mark it as computed
     */
    record Is(Value value, boolean unchanged) implements Rule {}

    /** What stands in another place, where nothing was asked. */
    record CopyOf(String path) implements Rule {}

    /** Nothing, neither there nor below. */
    record Absent() implements Rule {}

    /** The provider's own default, which counts as asked. */
    record Default(Value value) implements Rule {}

    /** What was asked, in another form. */
    sealed interface Asked extends Rule {
        Value answered(Value asked);
    }

    /** A link without its server. */
    record AsLink() implements Asked {
        @Override
        public Value answered(Value asked) {
            return Values.of(asked.getStringValue().replaceFirst("^https://.*?/(?=projects/)", ""));
        }
    }

    /** Capital letters. */
    record AsUpper() implements Asked {
        @Override
        public Value answered(Value asked) {
            return Values.of(asked.getStringValue().toUpperCase(Locale.ROOT));
        }
    }

    /** For some values another one. */
    record AsOther(Map<String, String> answers) implements Asked {
        @Override
        public Value answered(Value asked) {
            var text = asked.getStringValue();
            return answers.containsKey(text) ? Values.of(answers.get(text)) : asked;
        }
    }

    /** Reads a row. */
    static Answer read(String path, Map<String, Object> row) {
        var unknown = new TreeSet<>(row.keySet());
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty()) {
            throw new AssertionError(path + ": a row has no " + unknown);
        }
        return new Answer(
                path, rule(path, row), castMap(row.getOrDefault("when", Map.of())), String.valueOf(row.get("source")));
    }

    private static Rule rule(String path, Map<String, Object> row) {
        if (row.containsKey("is")) {
            return new Is(Values.ofPlain(row.get("is")), Boolean.TRUE.equals(row.get("unchanged")));
        }
        if (row.containsKey("copyOf")) {
            return new CopyOf((String) row.get("copyOf"));
        }
        if (row.containsKey("default")) {
            return new Default(Values.ofPlain(row.get("default")));
        }
        if (row.containsKey("asked")) {
            return asked(path, row.get("asked"));
        }
        if (Boolean.TRUE.equals(row.get("absent"))) {
            return new Absent();
        }
        throw new AssertionError(path + ": a row says what comes back: is, copyOf, absent, default or asked");
    }

    private static Asked asked(String path, Object how) {
        if (how instanceof Map<?, ?>) {
            return new AsOther(castMap(how));
        }
        return switch ((String) how) {
            case "link" -> new AsLink();
            case "upper" -> new AsUpper();
            default -> throw new AssertionError(path + ": asked is link, upper or a map, not " + how);
        };
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> castMap(Object map) {
        return (Map<String, T>) map;
    }

    /** Whether it holds for a resource. */
    boolean holds(Value resource) {
        return when.entrySet().stream().allMatch(condition -> {
            var there = ValuePath.of(condition.getKey()).in(resource);
            return condition.getValue().equals(ANY)
                    ? there.filter(value -> !Values.isZero(value)).isPresent()
                    : there.filter(Values.ofPlain(condition.getValue())::equals).isPresent();
        });
    }
}
