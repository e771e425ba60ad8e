package io.buildkitefleet.report.scanner;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.resources.TerraformNames;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A resource's inputs under Terraform's names and in its shape: a block is a list of objects, also where there can only
 * be one. What is an object in Terraform is a map whose keys a person chose.
 */
final class TerraformValues {
    private final JsonObject values;

    private TerraformValues(JsonObject values) {
        this.values = values;
    }

    static TerraformValues of(JsonObject inputs) {
        return new TerraformValues(block(PropertyValues.masked(inputs).getAsJsonObject()));
    }

    /** Without what is known only after the update, which is null in a list; what is secret is null. */
    JsonObject known() {
        return knownOf(values).getAsJsonObject();
    }

    /** True for what is known only after the update, in the shape of the values. */
    JsonObject unknown() {
        return marks(values, PropertyValues::isUnknown).getAsJsonObject();
    }

    /** True for what is secret, in the shape of the values. */
    JsonObject sensitive() {
        return marks(values, PropertyValues::isMask).getAsJsonObject();
    }

    /**
     * What the configuration says of each value: a constant, or what it refers to. Readers tell blocks from attributes
     * by it.
     *
     * @param references of an attribute, by its name; inside of its blocks only the plan's unknown values hang on them
     */
    JsonObject expressions(Map<String, JsonArray> references) {
        var expressions = new JsonObject();
        values.asMap().forEach((name, value) -> {
            var referred = Optional.ofNullable(references.get(name));
            var expression = isBlocks(value) || referred.isEmpty()
                    ? expression(value, referred)
                    : referred.map(TerraformValues::referring);
            expression.ifPresent(said -> expressions.add(name, said));
        });
        return expressions;
    }

    /** Nothing for what must not or cannot be said. */
    private static Optional<JsonElement> expression(JsonElement value, Optional<JsonArray> references) {
        if (isBlocks(value)) {
            var blocks = new JsonArray();
            value.getAsJsonArray().forEach(block -> blocks.add(blockExpressions(block.getAsJsonObject(), references)));
            return Optional.of(blocks);
        }
        if (contains(value, PropertyValues::isUnknown)) {
            return references.map(TerraformValues::referring);
        }
        return contains(value, PropertyValues::isMask) ? Optional.empty() : Optional.of(constant(value));
    }

    private static JsonObject blockExpressions(JsonObject block, Optional<JsonArray> references) {
        var expressions = new JsonObject();
        block.asMap().forEach((name, value) -> expression(value, references)
                .ifPresent(expression -> expressions.add(name, expression)));
        return expressions;
    }

    private static JsonElement constant(JsonElement value) {
        var expression = new JsonObject();
        expression.add("constant_value", value);
        return expression;
    }

    private static JsonElement referring(JsonArray references) {
        var expression = new JsonObject();
        expression.add("references", references);
        return expression;
    }

    private static boolean isBlocks(JsonElement value) {
        return value instanceof JsonArray items
                && !items.isEmpty()
                && items.get(0).isJsonObject();
    }

    private static boolean contains(JsonElement value, Predicate<JsonElement> wanted) {
        if (value instanceof JsonArray items) {
            return items.asList().stream().anyMatch(item -> contains(item, wanted));
        }
        if (value instanceof JsonObject object) {
            return object.asMap().values().stream().anyMatch(content -> contains(content, wanted));
        }
        return wanted.test(value);
    }

    private static JsonObject block(JsonObject inputs) {
        var block = new JsonObject();
        inputs.asMap()
                .forEach((property, value) -> block.add(
                        TerraformNames.attribute(property),
                        TerraformNames.hasOwnKeys(property) ? value : attribute(value)));
        return block;
    }

    private static JsonElement attribute(JsonElement value) {
        var list = new JsonArray();
        if (value instanceof JsonObject only) {
            list.add(block(only));
        } else if (value instanceof JsonArray items) {
            items.forEach(item -> list.add(item instanceof JsonObject object ? block(object) : item));
        } else {
            return value;
        }
        return list;
    }

    private static JsonElement knownOf(JsonElement value) {
        if (value instanceof JsonObject object) {
            var known = new JsonObject();
            object.asMap().forEach((name, content) -> {
                if (!PropertyValues.isUnknown(content)) {
                    known.add(name, knownOf(content));
                }
            });
            return known;
        }
        if (value instanceof JsonArray items) {
            var known = new JsonArray(items.size());
            items.forEach(item -> known.add(knownOf(item)));
            return known;
        }
        return PropertyValues.isUnknown(value) || PropertyValues.isMask(value) ? JsonNull.INSTANCE : value;
    }

    /** False marks are left out of objects, as Terraform does. */
    private static JsonElement marks(JsonElement value, Predicate<JsonElement> marked) {
        if (value instanceof JsonObject object) {
            var marks = new JsonObject();
            object.asMap().forEach((name, content) -> {
                var mark = marks(content, marked);
                if (!mark.equals(new JsonPrimitive(false))) {
                    marks.add(name, mark);
                }
            });
            return marks;
        }
        if (value instanceof JsonArray items) {
            var marks = new JsonArray(items.size());
            items.forEach(item -> marks.add(marks(item, marked)));
            return marks;
        }
        return new JsonPrimitive(marked.test(value));
    }
}
