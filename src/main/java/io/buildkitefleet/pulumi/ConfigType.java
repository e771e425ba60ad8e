package io.buildkitefleet.pulumi;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a value of the configuration must be.
 *
 * @param name string, integer, boolean, array or object
 * @param items of an array
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.207.0/sdk/go/common/workspace/project.go">
 *     ValidateConfigValue</a>
 */
record ConfigType(String name, Optional<ConfigType> items) {
    private static final Set<String> NAMES = Set.of("string", "integer", "boolean", "array", "object");

    /**
     * Reads a declaration.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong
     */
    static ConfigType read(Object type, Object items) {
        if (!(type instanceof String name) || !NAMES.contains(name)) {
            throw new IllegalArgumentException("type must be string, integer, boolean, array or object, got " + type);
        }
        if (items == null) {
            return new ConfigType(name, Optional.empty());
        }
        if (!(items instanceof Map<?, ?> map) || !Set.of("type", "items").containsAll(map.keySet())) {
            throw new IllegalArgumentException("items must be a map with a type, got " + items);
        }
        return new ConfigType(name, Optional.of(read(map.get("type"), map.get("items"))));
    }

    /** Whether a value has this type; the placeholder of a secret may stand for any text, number or truth value. */
    boolean has(JsonElement value) {
        return switch (name) {
            case "object" -> value instanceof JsonObject;
            case "array" ->
                value instanceof JsonArray array
                        && items.isPresent()
                        && array.asList().stream().allMatch(items.get()::has);
            default -> value instanceof JsonPrimitive scalar && (isPlaceholder(scalar) || hasScalar(scalar));
        };
    }

    private boolean hasScalar(JsonPrimitive value) {
        String text = value.getAsString();
        return switch (name) {
            case "string" -> value.isString();
            case "boolean" -> !value.isNumber() && (text.equals("true") || text.equals("false"));
            default -> !value.isBoolean() && isInteger(text);
        };
    }

    private static boolean isInteger(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException no) {
            return false;
        }
    }

    private static boolean isPlaceholder(JsonPrimitive value) {
        return value.isString() && Stack.isPlaceholder(value.getAsString());
    }

    /** As Pulumi writes it. */
    @Override
    public String toString() {
        return items.map(of -> "array<" + of + ">").orElse(name);
    }
}
