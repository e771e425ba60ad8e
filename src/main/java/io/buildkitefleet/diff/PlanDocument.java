package io.buildkitefleet.diff;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.plan.WholePlan;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.PropertyValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A plan that was written down: by {@code ./fleet preview --json}, or {@code pulumi preview --json --show-sames}. */
public final class PlanDocument {
    /** Steps whose state is what goes, or what belongs to somebody else. */
    private static final List<String> NOT_OURS =
            List.of("delete", "delete-replaced", "discard", "discard-replaced", "read", "read-replacement");

    private final JsonObject document;

    public PlanDocument(JsonObject document) {
        this.document = document;
    }

    /**
     * Reads a plan.
     *
     * @param name how a person knows it, for messages
     * @throws ProjectException if the text is no plan, or not the whole plan
     */
    public static PlanDocument parse(String name, String text) {
        try {
            var json = JsonParser.parseString(text);
            if (json instanceof JsonObject object
                    && object.get("steps") instanceof JsonArray steps
                    && steps.asList().stream().allMatch(JsonElement::isJsonObject)) {
                WholePlan.require(name, object);
                return new PlanDocument(object);
            }
        } catch (JsonParseException notJson) {
            throw notAPlan(name, notJson);
        }
        throw notAPlan(name, null);
    }

    private static ProjectException notAPlan(String name, JsonParseException reason) {
        return new ProjectException(name + ": is no plan" + WholePlan.REMEDY, reason);
    }

    /** What the plan makes or keeps, without components, by URN. */
    Map<String, ResourceState> resources() {
        var aliases = object(document, "aliases");
        var resources = new LinkedHashMap<String, ResourceState>();
        for (var element : document.getAsJsonArray("steps")) {
            var step = element.getAsJsonObject();
            if (step.get("newState") instanceof JsonObject state
                    && !NOT_OURS.contains(text(step, "op"))
                    && state.get("custom") instanceof JsonPrimitive custom
                    && custom.getAsBoolean()) {
                resources.put(text(state, "urn"), resource(state, aliases));
            }
        }
        return resources;
    }

    /** The summary of each queue by its name, field by field; none in a plan of Pulumi's own. */
    Map<String, Map<String, String>> queues() {
        var queues = new TreeMap<String, Map<String, String>>();
        for (var element : array(object(document, "fleet"), "queues")) {
            var fields = new LinkedHashMap<String, String>();
            element.getAsJsonObject().asMap().forEach((field, value) -> fields.put(field, shown(value)));
            queues.put(fields.getOrDefault("queue", ""), fields);
        }
        return queues;
    }

    /** What it costs, if the plan says. */
    Optional<CostChange.Sums> cost() {
        return document.get("cost") instanceof JsonObject cost
                        && cost.get("sums") instanceof JsonObject sums
                        && sums.get("min") instanceof JsonPrimitive min
                        && sums.get("load") instanceof JsonPrimitive load
                        && sums.get("max") instanceof JsonPrimitive max
                ? Optional.of(new CostChange.Sums(
                        text(cost, "priceDate"),
                        text(cost, "region"),
                        flag(cost, "lowerBound"),
                        min.getAsBigDecimal(),
                        load.getAsBigDecimal(),
                        max.getAsBigDecimal()))
                : Optional.empty();
    }

    private static ResourceState resource(JsonObject state, JsonObject aliases) {
        var urn = text(state, "urn");
        var sources = new TreeMap<String, List<String>>();
        object(state, "propertyDependencies").asMap().forEach((property, urns) -> sources.put(property, texts(urns)));
        return new ResourceState(
                urn,
                text(state, "type"),
                PropertyValues.masked(object(state, "inputs")).getAsJsonObject(),
                flag(state, "protect"),
                flag(state, "retainOnDelete"),
                texts(state.get("ignoreChanges")),
                texts(state.get("replaceOnChanges")),
                Stream.concat(texts(state.get("aliases")).stream(), texts(aliases.get(urn)).stream())
                        .toList(),
                // A reference is the provider's URN and its id.
                text(state, "provider").replaceFirst("::[^:]*$", ""),
                sources);
    }

    private static String shown(JsonElement value) {
        if (value instanceof JsonArray list) {
            return String.join(" ", texts(list));
        }
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    private static JsonObject object(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonObject found ? found : new JsonObject();
    }

    private static JsonArray array(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonArray found ? found : new JsonArray();
    }

    private static String text(JsonObject parent, String key) {
        return parent.get(key) instanceof JsonPrimitive value ? value.getAsString() : "";
    }

    private static boolean flag(JsonObject parent, String key) {
        return text(parent, key).equals("true");
    }

    private static List<String> texts(JsonElement list) {
        return list instanceof JsonArray array
                ? array.asList().stream().map(JsonElement::getAsString).toList()
                : List.of();
    }
}
