package io.buildkitefleet.report.scanner;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.testing.ProviderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The fields that Terraform's provider has, and whether values have their shape. */
final class TerraformFields {
    private TerraformFields() {}

    /** What is wrong with a resource's values, each with its path. */
    static List<String> mistakes(String type, JsonObject values) {
        var mistakes = new ArrayList<String>();
        ProviderFields.namesOf(type)
                .ifPresentOrElse(
                        fields -> block(fields, "", values, mistakes),
                        () -> mistakes.add("is not in the provider's list"));
        return mistakes.stream().map(mistake -> type + ": " + mistake).toList();
    }

    private static void block(Set<String> fields, String prefix, JsonObject values, List<String> mistakes) {
        values.asMap().forEach((name, value) -> {
            var path = prefix + name;
            if (!fields.contains(path)) {
                mistakes.add(path + " is no field");
            } else if (fields.stream().anyMatch(field -> field.startsWith(path + "."))) {
                blocks(fields, path, value, mistakes);
            } else if (!isPlain(value)) {
                mistakes.add(path + " is no block, got " + value);
            }
        });
    }

    private static void blocks(Set<String> fields, String path, JsonElement value, List<String> mistakes) {
        if (value instanceof JsonArray list && list.asList().stream().allMatch(JsonElement::isJsonObject)) {
            list.forEach(item -> block(fields, path + ".", item.getAsJsonObject(), mistakes));
        } else {
            mistakes.add(path + " is a block: must be a list of objects, got " + value);
        }
    }

    /** A scalar, or a list or map of such. */
    private static boolean isPlain(JsonElement value) {
        if (value instanceof JsonArray list) {
            return list.asList().stream().allMatch(TerraformFields::isScalar);
        }
        if (value instanceof JsonObject map) {
            return map.asMap().values().stream().allMatch(TerraformFields::isScalar);
        }
        return isScalar(value);
    }

    private static boolean isScalar(JsonElement value) {
        return value.isJsonPrimitive() || value.isJsonNull();
    }
}
