package io.buildkitefleet.rules;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.plan.Origin;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.ResourceType;
import io.buildkitefleet.testing.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A recorded plan with something changed in it. Each change makes a new plan. */
record EditedPlan(List<Registration> resources, Optional<FleetSummary> fleet) {
    EditedPlan {
        resources = List.copyOf(resources);
    }

    /** With a value, written as JSON, below these names in the inputs of a resource; numbers count items of lists. */
    EditedPlan with(String resource, String json, Object... steps) {
        return edited(resource, inputs -> {
            put(inputs, JsonParser.parseString(json), steps);
            return inputs;
        });
    }

    /** With one item more, written as JSON, in the list below these names, which is made if it is not there. */
    EditedPlan withItem(String resource, String json, Object... steps) {
        return edited(resource, inputs -> {
            var parent = at(inputs, List.of(steps).subList(0, steps.length - 1));
            var last = steps[steps.length - 1];
            var list = last instanceof Integer index
                    ? parent.getAsJsonArray().get(index).getAsJsonArray()
                    : Json.list(parent.getAsJsonObject(), (String) last);
            list.add(JsonParser.parseString(json));
            return inputs;
        });
    }

    /** With another text in place of a part of one, which a regular expression finds. */
    EditedPlan rewritten(String resource, String part, String other, Object... steps) {
        var text = at(find(resource).inputs(), List.of(steps)).getAsString();
        var changed = text.replaceFirst(part, other);
        if (changed.equals(text)) {
            throw new AssertionError(resource + " has no " + part + " in " + text);
        }
        return with(resource, new JsonPrimitive(changed).toString(), steps);
    }

    /** Without one item of the list below these names. */
    EditedPlan withoutItem(String resource, int item, Object... steps) {
        return edited(resource, inputs -> {
            at(inputs, List.of(steps)).getAsJsonArray().remove(item);
            return inputs;
        });
    }

    /** With another value; without one if that is null. A last step of {@code +} adds to a list. */
    EditedPlan changed(String resource, JsonElement value, Object... steps) {
        if (value.isJsonNull()) {
            return without(resource, steps);
        }
        var last = steps.length - 1;
        if (!steps[last].equals("+")) {
            return with(resource, value.toString(), steps);
        }
        return withItem(
                resource, value.toString(), List.of(steps).subList(0, last).toArray());
    }

    /** The same with each resource of a type. */
    EditedPlan withEach(ResourceType type, String json, Object... steps) {
        var plan = this;
        for (var resource : resources) {
            plan = resource.type().equals(type.token()) ? plan.with(resource.name(), json, steps) : plan;
        }
        return plan;
    }

    /** Without what stands below these names. */
    EditedPlan without(String resource, Object... steps) {
        return edited(resource, inputs -> {
            var parent = at(inputs, List.of(steps).subList(0, steps.length - 1));
            if (parent.getAsJsonObject().remove((String) steps[steps.length - 1]) == null) {
                throw new AssertionError(resource + " has no " + List.of(steps));
            }
            return inputs;
        });
    }

    /** With one resource more, whose inputs are written as JSON. */
    EditedPlan and(String type, String name, String json) {
        return and(type, name, json, true);
    }

    /** With one component more, which is none of the fleet's unless its type says so. */
    EditedPlan andComponent(String type, String name, String json) {
        return and(type, name, json, false);
    }

    private EditedPlan and(String type, String name, String json, boolean custom) {
        var all = new ArrayList<>(resources);
        all.add(new Registration(
                "urn:pulumi:full::buildkite-fleet::" + type + "::" + name,
                type,
                name,
                custom,
                "",
                JsonParser.parseString(json).getAsJsonObject(),
                protect(resources.get(0).options(), false),
                provider(type),
                "",
                "",
                List.of(),
                Map.of(),
                new JsonObject(),
                false));
        return new EditedPlan(all, fleet);
    }

    /** The one that makes what is in the same place, as the program would take it; empty if the plan has none. */
    private String provider(String type) {
        var place = type.replaceFirst(":.*", ":");
        return resources.stream()
                .filter(resource -> resource.type().startsWith(place) && !resource.isProvider())
                .map(Registration::provider)
                .findFirst()
                .orElse("");
    }

    /** With a resource made by another provider. */
    EditedPlan madeBy(String resource, String provider) {
        return replaced(resource, found -> copy(found, found.inputs(), found.options(), provider));
    }

    /** With an input of which the plan does not say that it follows from another resource. */
    EditedPlan withoutOrigins(String resource, String input) {
        return replaced(resource, found -> {
            var origins = new TreeMap<>(found.propertyDependencies());
            origins.remove(input);
            return copy(found, found.inputs(), found.options(), found.provider(), origins);
        });
    }

    /** With other options of a resource. */
    EditedPlan withOptions(String resource, UnaryOperator<Registration.Options> change) {
        return replaced(resource, found -> copy(found, found.inputs(), change.apply(found.options())));
    }

    /** Without a resource. */
    EditedPlan without(String resource) {
        find(resource);
        return new EditedPlan(
                resources.stream()
                        .filter(registration -> !registration.name().equals(resource))
                        .toList(),
                fleet);
    }

    EditedPlan protectedAs(String resource, boolean protect) {
        return replaced(resource, found -> copy(found, found.inputs(), protect(found.options(), protect)));
    }

    /** With everything protected. */
    EditedPlan allProtected() {
        return new EditedPlan(
                resources.stream()
                        .map(found -> copy(found, found.inputs(), protect(found.options(), true)))
                        .toList(),
                fleet);
    }

    EditedPlan withFleet(Optional<FleetSummary> other) {
        return new EditedPlan(resources, other);
    }

    /** Held against the rules, with nothing waived, and what no rule reads is a finding. */
    Assessment assessed() {
        return assessed(Waivers.of("full", List.of(), LocalDate.EPOCH));
    }

    /** The same with waivers. */
    Assessment assessed(Waivers waivers) {
        return RuleSet.assess(plan(), waivers, true);
    }

    StackPlan plan() {
        return plan(fleet.isEmpty());
    }

    private StackPlan plan(boolean isPulumis) {
        return new StackPlan(
                "full",
                resources,
                Map.of(),
                Set.of(),
                fleet,
                isPulumis,
                Optional.empty(),
                List.of(),
                new Origin.Program());
    }

    /** The same as a plan of Pulumi's own, of the fleet that its stack's file says. */
    Assessment assessedAsPulumis() {
        return RuleSet.assess(plan(true), Waivers.of("full", List.of(), LocalDate.EPOCH), true);
    }

    private EditedPlan edited(String resource, UnaryOperator<JsonObject> change) {
        return replaced(
                resource, found -> copy(found, change.apply(found.inputs().deepCopy()), found.options()));
    }

    private EditedPlan replaced(String resource, UnaryOperator<Registration> change) {
        var target = find(resource);
        return new EditedPlan(
                resources.stream()
                        .map(found -> found == target ? change.apply(found) : found)
                        .toList(),
                fleet);
    }

    private Registration find(String resource) {
        return resources.stream()
                .filter(registration ->
                        registration.custom() && registration.name().equals(resource))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no resource " + resource));
    }

    private static void put(JsonObject inputs, JsonElement value, Object... steps) {
        var parent = at(inputs, List.of(steps).subList(0, steps.length - 1));
        var last = steps[steps.length - 1];
        if (last instanceof Integer index) {
            parent.getAsJsonArray().set(index, value);
        } else {
            parent.getAsJsonObject().add((String) last, value);
        }
    }

    private static JsonElement at(JsonObject inputs, List<Object> steps) {
        JsonElement place = inputs;
        for (var step : steps) {
            if (step instanceof Integer index) {
                place = place.getAsJsonArray().get(index);
            } else {
                var object = place.getAsJsonObject();
                if (!object.has((String) step)) {
                    object.add((String) step, new JsonObject());
                }
                place = object.get((String) step);
            }
        }
        return place;
    }

    private static Registration copy(Registration from, JsonObject inputs, Registration.Options options) {
        return copy(from, inputs, options, from.provider());
    }

    private static Registration copy(
            Registration from, JsonObject inputs, Registration.Options options, String provider) {
        return copy(from, inputs, options, provider, from.propertyDependencies());
    }

    private static Registration copy(
            Registration from,
            JsonObject inputs,
            Registration.Options options,
            String provider,
            Map<String, List<String>> origins) {
        return new Registration(
                from.urn(),
                from.type(),
                from.name(),
                from.custom(),
                from.parent(),
                inputs,
                options,
                provider,
                from.version(),
                from.readId(),
                from.dependencies(),
                origins,
                from.outputs(),
                from.outputsRegistered());
    }

    private static Registration.Options protect(Registration.Options from, boolean protect) {
        return new Registration.Options(
                protect,
                from.retainOnDelete(),
                from.deletedWith(),
                from.ignoreChanges(),
                from.replaceOnChanges(),
                from.deleteBeforeReplace(),
                from.aliases(),
                from.timeouts(),
                from.additionalSecretOutputs(),
                from.importId());
    }
}
