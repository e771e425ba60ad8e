package io.buildkitefleet.stack;

import com.google.gson.JsonElement;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A plan's custom resources as YAML that a person can review: inputs with secrets masked, and what options are set. */
final class ResourceListing {
    /** Characters of a text that is shown in whole. */
    private static final int LONGEST = 400;

    private ResourceListing() {}

    static String of(Plan plan) {
        var format = new DumperOptions();
        format.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        format.setWidth(110);
        var resources = new LinkedHashMap<String, Object>();
        plan.registrations().stream()
                .filter(Registration::custom)
                .forEach(registration -> resources.put(registration.name(), describe(registration)));
        return new Yaml(format).dump(resources).replace(PropertyValues.UNKNOWN, "(known after up)");
    }

    private static Map<String, Object> describe(Registration registration) {
        var options = registration.options();
        var described = new LinkedHashMap<String, Object>();
        described.put("type", registration.type());
        if (options.protect()) {
            described.put("protect", true);
        }
        if (!options.ignoreChanges().isEmpty()) {
            described.put("ignoreChanges", options.ignoreChanges());
        }
        var dependencies = names(registration.dependencies());
        if (!dependencies.isEmpty()) {
            described.put("dependsOn", dependencies);
        }
        described.put("inputs", plain(withoutFiles(registration, PropertyValues.masked(registration.inputs()))));
        return described;
    }

    /** A policy is a file, which is reviewed where it lies. */
    private static JsonElement withoutFiles(Registration registration, JsonElement inputs) {
        if (registration.type().endsWith(":ValidatingAdmissionPolicy")) {
            inputs.getAsJsonObject().getAsJsonObject("spec").remove("variables");
            inputs.getAsJsonObject().getAsJsonObject("spec").remove("validations");
        }
        return inputs;
    }

    private static Object plain(JsonElement value) {
        if (value.isJsonObject()) {
            var map = new LinkedHashMap<String, Object>();
            value.getAsJsonObject().entrySet().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
            return map;
        }
        if (value.isJsonArray()) {
            return value.getAsJsonArray().asList().stream()
                    .map(ResourceListing::plain)
                    .toList();
        }
        var primitive = value.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        return primitive.isNumber() ? primitive.getAsBigDecimal() : abbreviated(primitive.getAsString());
    }

    /** A text, or the first line of a whole file, which is reviewed where it lies. */
    private static String abbreviated(String text) {
        return text.length() > LONGEST ? text.lines().findFirst().orElseThrow() + " ..." : text;
    }

    private static List<String> names(List<String> urns) {
        return new ArrayList<>(urns.stream()
                .map(urn -> urn.substring(urn.lastIndexOf(':') + 1))
                .toList());
    }
}
