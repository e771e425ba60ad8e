package io.buildkitefleet.config;

import com.google.gson.JsonElement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One key of the configuration whose type is about to be said. */
final class Field {
    /** Longer values are cut in messages. */
    private static final int SHOWN = 60;

    private final String path;
    private final String pattern;
    private final String doc;
    private final Optional<JsonElement> element;
    private final Problems problems;
    private final KeyReference reference;

    Field(
            String path,
            String pattern,
            String doc,
            Optional<JsonElement> element,
            Problems problems,
            KeyReference reference) {
        this.path = path;
        this.pattern = pattern;
        this.doc = doc;
        this.element = element;
        this.problems = problems;
        this.reference = reference;
    }

    /** Text that matches; {@code allowed} says in words what does. */
    Value<String> text(Pattern form, String allowed) {
        return value(allowed, "", json -> string(json)
                .filter(text -> form.matcher(text).matches()));
    }

    /** A whole number between the two, both included. */
    Value<Integer> integer(int least, int most) {
        return value("a whole number from " + least + " to " + most, least, json -> wholeNumber(json)
                .filter(number -> number >= least && number <= most)
                .map(Long::intValue));
    }

    Value<Boolean> flag() {
        return value(
                "true or false",
                false,
                json -> json.isJsonPrimitive() && json.getAsJsonPrimitive().isBoolean()
                        ? Optional.of(json.getAsBoolean())
                        : Optional.empty());
    }

    /** One of an enum's constants, written with hyphens, in any case. */
    <E extends Enum<E>> Value<E> choice(Class<E> type) {
        var choices = choicesOf(type);
        return value(
                "one of " + String.join(", ", choices.keySet()),
                type.getEnumConstants()[0],
                json -> choice(json, choices));
    }

    /** Text that a value type can parse; {@code standIn} keeps the reading going after a problem. */
    <T> Value<T> parsed(String allowed, T standIn, Function<String, Optional<T>> parser) {
        return value(
                allowed,
                standIn,
                json -> json.isJsonPrimitive() && !json.getAsJsonPrimitive().isBoolean()
                        ? parser.apply(json.getAsString())
                        : Optional.empty());
    }

    /** A list of texts that all match, none twice. */
    Value<List<String>> texts(Pattern form, String allowed) {
        return list("a list of " + allowed, json -> string(json)
                .filter(text -> form.matcher(text).matches()));
    }

    /** A list of an enum's constants, none twice. */
    <E extends Enum<E>> Value<List<E>> choices(Class<E> type) {
        var choices = choicesOf(type);
        return list("a list of " + String.join(", ", choices.keySet()), json -> choice(json, choices));
    }

    private static <E extends Enum<E>> Map<String, E> choicesOf(Class<E> type) {
        var choices = new LinkedHashMap<String, E>();
        Arrays.stream(type.getEnumConstants()).forEach(constant -> choices.put(written(constant), constant));
        return choices;
    }

    private static <E> Optional<E> choice(JsonElement json, Map<String, E> choices) {
        return string(json).map(text -> choices.get(text.toLowerCase(Locale.ROOT)));
    }

    /** An object of texts whose names and values match. */
    Value<Map<String, String>> map(Pattern names, Pattern values, String allowed) {
        return value(allowed, Map.of(), json -> json.isJsonObject() ? entries(json, names, values) : Optional.empty());
    }

    private static Optional<Map<String, String>> entries(JsonElement json, Pattern names, Pattern values) {
        var entries = new LinkedHashMap<String, String>();
        for (var entry : json.getAsJsonObject().entrySet()) {
            var value = string(entry.getValue());
            if (!names.matcher(entry.getKey()).matches()
                    || value.isEmpty()
                    || !values.matcher(value.get()).matches()) {
                return Optional.empty();
            }
            entries.put(entry.getKey(), value.get());
        }
        return Optional.of(entries);
    }

    private <T> Value<List<T>> list(String allowed, Function<JsonElement, Optional<T>> item) {
        return value(allowed + ", none twice", List.of(), json -> {
            if (!json.isJsonArray()) {
                return Optional.empty();
            }
            var items = new ArrayList<T>();
            for (var element : json.getAsJsonArray()) {
                var value = item.apply(element);
                if (value.isEmpty() || items.contains(value.get())) {
                    return Optional.empty();
                }
                items.add(value.get());
            }
            return Optional.of(List.copyOf(items));
        });
    }

    private <T> Value<T> value(String allowed, T standIn, Function<JsonElement, Optional<T>> read) {
        var value = element.flatMap(read);
        if (element.isPresent() && value.isEmpty()) {
            problems.add(path, "must be " + allowed + ", got " + describe(element.get()));
        }
        return new Value<>(value, element.isPresent(), standIn, allowed);
    }

    private static Optional<String> string(JsonElement json) {
        return json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()
                ? Optional.of(json.getAsString())
                : Optional.empty();
    }

    private static Optional<Long> wholeNumber(JsonElement json) {
        if (!json.isJsonPrimitive() || !json.getAsJsonPrimitive().isNumber()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(json.getAsString()).longValueExact());
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    static String describe(JsonElement json) {
        if (json.isJsonObject()) {
            return "an object with the keys "
                    + String.join(", ", json.getAsJsonObject().keySet());
        }
        var text = json.toString();
        var shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return json.isJsonArray() ? "the list " + shown : shown;
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What was read, still to be told whether the key may be left out. */
    final class Value<T> {
        private final Optional<T> value;
        private final boolean present;
        private final T standIn;
        private final String allowed;

        private Value(Optional<T> value, boolean present, T standIn, String allowed) {
            this.value = value;
            this.present = present;
            this.standIn = standIn;
            this.allowed = allowed;
        }

        /** The value; a key that is left out is a problem. */
        T required() {
            reference.add(pattern, allowed, "required", doc);
            if (!present) {
                problems.add(path, "is missing; it must be " + allowed);
            }
            return value.orElse(standIn);
        }

        T orElse(T fallback) {
            return orElse(fallback, shown(fallback));
        }

        /** The value, or the fallback, which the reference of keys describes in words. */
        T orElse(T fallback, String described) {
            reference.add(pattern, allowed, described, doc);
            return value.orElse(fallback);
        }

        /** The value, if the key is there; {@code otherwise} says in the reference what holds if it is not. */
        Optional<T> optional(String otherwise) {
            reference.add(pattern, allowed, otherwise, doc);
            return value;
        }

        private String shown(T fallback) {
            if (fallback instanceof Enum<?> constant) {
                return "`" + written(constant) + "`";
            }
            return fallback instanceof List<?> list && list.isEmpty()
                            || fallback instanceof Map<?, ?> map && map.isEmpty()
                    ? "none"
                    : "`" + fallback + "`";
        }
    }
}
