package io.buildkitefleet.report.scanner;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.resources.ResourceTypes;
import io.buildkitefleet.resources.TerraformNames;
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

    /** What Pulumi's provider is made from. */
    private static final String PROVIDER = "google-beta";

    private static final String PROVIDER_ADDRESS = "registry.terraform.io/hashicorp/" + PROVIDER;

    private final Map<String, String> addresses = new LinkedHashMap<>();

    private TerraformPlan(Plan plan) {
        plan.registrations().forEach(resource -> ResourceTypes.of(resource.type())
                .flatMap(ResourceType::terraformName)
                .ifPresent(type -> addresses.put(resource.urn(), type + "." + resource.name())));
    }

    public static JsonObject of(Plan plan) {
        return new TerraformPlan(plan).document(plan);
    }

    private JsonObject document(Plan plan) {
        var planned = new JsonArray();
        var changes = new JsonArray();
        var configured = new JsonArray();
        plan.registrations().stream()
                .filter(resource -> addresses.containsKey(resource.urn()))
                .forEach(resource -> {
                    var values = TerraformValues.of(resource.inputs());
                    planned.add(planned(resource, values));
                    changes.add(change(resource, values));
                    configured.add(configured(resource, values));
                });
        var configuration = new JsonObject();
        configuration.add("provider_config", providerConfig());
        configuration.add("root_module", module(configured));
        var plannedValues = new JsonObject();
        plannedValues.add("root_module", module(planned));
        var document = new JsonObject();
        document.addProperty("format_version", "1.2");
        document.addProperty("terraform_version", VERSION);
        document.add("planned_values", plannedValues);
        document.add("resource_changes", changes);
        document.add("configuration", configuration);
        return document;
    }

    private JsonObject planned(Registration resource, TerraformValues values) {
        var planned = named(resource);
        planned.addProperty("provider_name", PROVIDER_ADDRESS);
        planned.add("values", values.known());
        planned.add("sensitive_values", values.sensitive());
        return planned;
    }

    /** Everything is made anew: there is no state to change. */
    private JsonObject change(Registration resource, TerraformValues values) {
        var actions = new JsonArray();
        actions.add("create");
        var unknown = values.unknown();
        unknown.addProperty("id", true);
        var change = new JsonObject();
        change.add("actions", actions);
        change.add("before", JsonNull.INSTANCE);
        change.add("after", values.known());
        change.add("after_unknown", unknown);
        change.addProperty("before_sensitive", false);
        change.add("after_sensitive", values.sensitive());
        var changed = named(resource);
        changed.addProperty("provider_name", PROVIDER_ADDRESS);
        changed.add("change", change);
        return changed;
    }

    private JsonObject configured(Registration resource, TerraformValues values) {
        var configured = named(resource);
        configured.addProperty("provider_config_key", PROVIDER);
        configured.add("expressions", values.expressions(references(resource)));
        return configured;
    }

    private JsonObject named(Registration resource) {
        var address = addresses.get(resource.urn());
        var named = new JsonObject();
        named.addProperty("address", address);
        named.addProperty("mode", "managed");
        named.addProperty("type", address.substring(0, address.indexOf('.')));
        named.addProperty("name", resource.name());
        return named;
    }

    /** What each attribute refers to, for checks that look at several resources. */
    private Map<String, JsonArray> references(Registration resource) {
        var references = new LinkedHashMap<String, JsonArray>();
        resource.propertyDependencies().forEach((property, urns) -> {
            var referred = new JsonArray();
            urns.stream().filter(addresses::containsKey).map(addresses::get).forEach(address -> {
                referred.add(address + ".id");
                referred.add(address);
            });
            if (!referred.isEmpty()) {
                references.put(TerraformNames.attribute(property), referred);
            }
        });
        return references;
    }

    private static JsonObject providerConfig() {
        var provider = new JsonObject();
        provider.addProperty("name", PROVIDER);
        provider.addProperty("full_name", PROVIDER_ADDRESS);
        var config = new JsonObject();
        config.add(PROVIDER, provider);
        return config;
    }

    private static JsonObject module(JsonArray resources) {
        var module = new JsonObject();
        module.add("resources", resources);
        return module;
    }
}
