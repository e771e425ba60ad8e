package io.buildkitefleet.rules.admission;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.buildkitefleet.plan.PolicyDigests;
import io.buildkitefleet.resources.KubernetesType;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** An admission policy, or what one is bound to, part by part, each with its digest. */
final class PolicyParts {
    /** What constants of the configuration are among. */
    static final String VARIABLES = "variables.";

    private static final String BINDING = "binding.";

    private static final String MATCH = "matchResources";

    /** What the message of a validation begins with. */
    private static final Pattern TAG = Pattern.compile("\\[[a-z-]+]");

    private PolicyParts() {}

    /** Whether a resource is the binding of a policy, and not one itself. */
    static boolean isBinding(String type) {
        return type.equals(KubernetesType.VALIDATING_ADMISSION_POLICY_BINDING.token())
                || type.equals(KubernetesType.MUTATING_ADMISSION_POLICY_BINDING.token());
    }

    /** The items of its lists by their names or tags, as {@code validations.[pod]}, and whatever else it has. */
    static SortedMap<String, String> ofPolicy(JsonElement spec) {
        var parts = new TreeMap<String, String>();
        object(spec).asMap().forEach((key, value) -> {
            if (value instanceof JsonArray items) {
                items.forEach(item -> put(parts, key + "." + name(item, items), item));
            } else {
                put(parts, key, value);
            }
        });
        return parts;
    }

    /** In which namespaces it holds, the configuration says; how it finds them, it does not. */
    static SortedMap<String, String> ofBinding(JsonElement spec) {
        var copy = object(spec.deepCopy());
        for (var expression : list(object(object(copy.get(MATCH)).get("namespaceSelector")), "matchExpressions")) {
            object(expression).remove("values");
        }
        var parts = new TreeMap<String, String>();
        copy.asMap().forEach((key, value) -> put(parts, BINDING + key, value));
        return parts;
    }

    /** Those of a binding alone. */
    static SortedMap<String, String> bindings(SortedMap<String, String> parts) {
        return matching(parts, true);
    }

    /** Those of a policy alone. */
    static SortedMap<String, String> policies(SortedMap<String, String> parts) {
        return matching(parts, false);
    }

    private static SortedMap<String, String> matching(SortedMap<String, String> parts, boolean isBinding) {
        var found = new TreeMap<>(parts);
        found.keySet().removeIf(part -> part.startsWith(BINDING) != isBinding);
        return found;
    }

    private static void put(SortedMap<String, String> parts, String name, JsonElement value) {
        var free = name;
        while (parts.containsKey(free)) {
            free += "+";
        }
        parts.put(free, PolicyDigests.of(value));
    }

    private static String name(JsonElement item, JsonArray among) {
        return text(item, "name")
                .or(() -> text(item, "message").flatMap(PolicyParts::tag))
                .orElseGet(() -> String.valueOf(among.asList().indexOf(item)));
    }

    private static Optional<String> tag(String message) {
        var found = TAG.matcher(message);
        return found.lookingAt() ? Optional.of(found.group()) : Optional.empty();
    }

    private static Optional<String> text(JsonElement item, String key) {
        return Optional.ofNullable(object(item).get(key))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
    }

    private static JsonObject object(JsonElement value) {
        return value instanceof JsonObject object ? object : new JsonObject();
    }

    private static JsonArray list(JsonObject holder, String key) {
        return Optional.ofNullable(holder.get(key)).orElse(JsonNull.INSTANCE) instanceof JsonArray list
                ? list
                : new JsonArray();
    }
}
