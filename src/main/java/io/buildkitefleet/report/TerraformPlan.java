package io.buildkitefleet.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.buildkitefleet.preview.Plan;
import io.buildkitefleet.preview.PropertyValues;
import io.buildkitefleet.preview.Registration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a plan makes in Google Cloud, in the JSON form of a Terraform plan, for scanners that know no other. What is in
 * the cluster is left out: they read it in forms of its own.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/json-format">the form</a>
 */
public final class TerraformPlan {
    /** A version of Terraform that writes the form; readers want to see one. */
    private static final String VERSION = "1.5.7";

    private final Map<String, String> addresses = new LinkedHashMap<>();

    private TerraformPlan(Plan plan) {
        plan.registrations().forEach(resource -> TerraformNames.type(resource.type())
                .ifPresent(type -> addresses.put(resource.urn(), type + "." + resource.name())));
    }

    public static JsonObject of(Plan plan) {
        return new TerraformPlan(plan).document(plan);
    }

    private JsonObject document(Plan plan) {
        var planned = new JsonArray();
        var configured = new JsonArray();
        plan.registrations().stream()
                .filter(resource -> addresses.containsKey(resource.urn()))
                .forEach(resource -> {
                    var values = object(PropertyValues.masked(resource.inputs()).getAsJsonObject());
                    planned.add(named(resource, "values", values));
                    configured.add(named(resource, "expressions", expressions(resource)));
                });
        var document = new JsonObject();
        document.addProperty("format_version", "1.2");
        document.addProperty("terraform_version", VERSION);
        document.add("planned_values", rootModule(planned));
        document.add("configuration", rootModule(configured));
        return document;
    }

    private JsonObject named(Registration resource, String key, JsonObject content) {
        var address = addresses.get(resource.urn());
        var named = new JsonObject();
        named.addProperty("address", address);
        named.addProperty("mode", "managed");
        named.addProperty("type", address.substring(0, address.indexOf('.')));
        named.addProperty("name", resource.name());
        named.add(key, content);
        return named;
    }

    /** What refers to what, for checks that look at several resources. */
    private JsonObject expressions(Registration resource) {
        var expressions = new JsonObject();
        resource.propertyDependencies().forEach((property, urns) -> {
            var references = new JsonArray();
            urns.stream().filter(addresses::containsKey).map(addresses::get).forEach(address -> {
                references.add(address + ".id");
                references.add(address);
            });
            if (!references.isEmpty()) {
                var expression = new JsonObject();
                expression.add("references", references);
                expressions.add(TerraformNames.attribute(property), expression);
            }
        });
        return expressions;
    }

    private static JsonObject rootModule(JsonArray resources) {
        var module = new JsonObject();
        module.add("resources", resources);
        var root = new JsonObject();
        root.add("root_module", module);
        return root;
    }

    private static JsonObject object(JsonObject inputs) {
        var object = new JsonObject();
        inputs.asMap().forEach((key, value) -> {
            var isOwn = TerraformNames.hasOwnKeys(key);
            object.add(TerraformNames.attribute(key), isOwn ? value : value(value));
        });
        return object;
    }

    /** What is known only after the update, or is secret, is null. */
    private static JsonElement value(JsonElement value) {
        if (value instanceof JsonObject object) {
            return object(object);
        }
        if (value instanceof JsonArray array) {
            var copy = new JsonArray(array.size());
            array.forEach(item -> copy.add(value(item)));
            return copy;
        }
        return PropertyValues.isUnknown(value) || PropertyValues.isMask(value) ? JsonNull.INSTANCE : value;
    }
}
