package io.buildkitefleet.report.text;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a resource's inputs: names with dots between them, and in brackets those that have dots themselves. In a
 * list it means the first item.
 */
final class InputPath {
    private static final Pattern STEP = Pattern.compile("\\[([^\\]]+)\\]|([^.\\[]+)");

    private final List<String> steps = new ArrayList<>();

    private InputPath(String path) {
        var matcher = STEP.matcher(path);
        while (matcher.find()) {
            steps.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
        }
    }

    static InputPath of(String path) {
        return new InputPath(path);
    }

    /** Its last name. */
    String name() {
        return steps.get(steps.size() - 1);
    }

    /** What stands there, if anything does; a secret stays wrapped. */
    Optional<JsonElement> in(JsonObject inputs) {
        JsonElement value = inputs;
        for (var step : steps) {
            var inside = first(PropertyValues.unwrapped(value));
            if (PropertyValues.isSecret(value)) {
                return Optional.of(value);
            }
            if (!inside.isJsonObject() || !inside.getAsJsonObject().has(step)) {
                return Optional.empty();
            }
            value = inside.getAsJsonObject().get(step);
        }
        return Optional.of(value);
    }

    private static JsonElement first(JsonElement value) {
        return value.isJsonArray() && !value.getAsJsonArray().isEmpty()
                ? value.getAsJsonArray().get(0)
                : value;
    }
}
