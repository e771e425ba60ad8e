package io.buildkitefleet.diff;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.plan.PlanFile;
import io.buildkitefleet.plan.StackPlan;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A small plan to compare, written resource by resource. */
final class PlanText {
    private static final Gson JSON = new Gson();

    private final JsonObject document = new JsonObject();
    private final JsonArray steps = new JsonArray();

    /** With a component, because a plan of nothing is none. */
    PlanText() {
        var component = new JsonObject();
        component.addProperty("urn", urn("fleet:index:Component", "component"));
        component.addProperty("type", "fleet:index:Component");
        step("create", component);
        document.add("steps", steps);
        var summary = new JsonObject();
        summary.addProperty("create", 1);
        document.add("changeSummary", summary);
    }

    static String urn(String type, String name) {
        return "urn:pulumi:dev::fleet::" + type + "::" + name;
    }

    /** @param state YAML of what a plan says of it, such as {@code inputs: {location: US}} */
    PlanText with(String type, String name, String state) {
        var newState = yaml("{" + state + "}").getAsJsonObject();
        newState.addProperty("urn", urn(type, name));
        newState.addProperty("type", type);
        newState.addProperty("custom", true);
        return step("create", newState);
    }

    PlanText step(String operation, JsonObject newState) {
        var step = new JsonObject();
        step.addProperty("op", operation);
        step.add("newState", newState);
        steps.add(step);
        return this;
    }

    /** A key beside the steps. */
    PlanText with(String key, String yaml) {
        document.add(key, yaml(yaml));
        return this;
    }

    StackPlan plan() {
        return PlanFile.parse("plan", document.toString());
    }

    private static JsonElement yaml(String text) {
        return JSON.toJsonTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text));
    }
}
