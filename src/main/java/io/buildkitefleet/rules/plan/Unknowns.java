package io.buildkitefleet.rules.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * The values that a rule asked for and nobody knows before the update. Each stands in one place alone, so that it can
 * be found again.
 */
final class Unknowns {
    private final Set<JsonElement> asked = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Remembers a value that somebody needs, if it is not known. */
    void need(JsonElement value) {
        if (PropertyValues.isUnknown(value)) {
            asked.add(value);
        }
    }

    boolean isEmpty() {
        return asked.isEmpty();
    }

    /** Where one of them stands below a value, as {@code spec.egress[0].ports}; nothing if none does. */
    Optional<String> in(JsonElement value) {
        return below(PropertyValues.unwrapped(value)).map(path -> path.startsWith(".") ? path.substring(1) : path);
    }

    private Optional<String> below(JsonElement value) {
        if (asked.contains(value)) {
            return Optional.of("");
        }
        if (value instanceof JsonObject object) {
            return object.entrySet().stream()
                    .flatMap(
                            entry -> below(PropertyValues.unwrapped(entry.getValue()))
                                    .map(path -> "." + entry.getKey() + path)
                                    .stream())
                    .findFirst();
        }
        return value instanceof JsonArray list ? below(list) : Optional.empty();
    }

    private Optional<String> below(JsonArray list) {
        for (int i = 0; i < list.size(); i++) {
            var found = below(PropertyValues.unwrapped(list.get(i)));
            if (found.isPresent()) {
                return Optional.of("[" + i + "]" + found.get());
            }
        }
        return Optional.empty();
    }
}
