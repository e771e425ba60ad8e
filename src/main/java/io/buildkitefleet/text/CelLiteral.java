package io.buildkitefleet.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value as the Common Expression Language writes it, in which policies of the API server and conditions of Google's
 * are written: https://github.com/google/cel-spec/blob/v0.24.0/doc/langdef.md#string-and-bytes-values
 */
public final class CelLiteral {
    private CelLiteral() {}

    /** @param value a text, or a list or an object of such */
    public static String of(Object value) {
        if (value instanceof List<?> items) {
            return items.stream().map(CelLiteral::of).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> entries) {
            return entries.entrySet().stream()
                    .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
                    .sorted()
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
