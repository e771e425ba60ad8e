package io.buildkitefleet.stack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.plan.FleetSummary;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pods.PlannedPod;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.rules.Result;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.testing.Assessments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rules read what differs between two plans, whether they find another thing by it or not. A rule says what it
 * would have to know: so what differs is made unknown, and the rules that then cannot tell are those that read it. Of
 * what the fleet means beside its resources, each plan gets what the other says.
 */
final class RuleReadings {
    private static final JsonPrimitive UNKNOWN = new JsonPrimitive(PropertyValues.UNKNOWN);

    /** They tell of the other rules and of the waivers, and read nothing themselves. */
    private static final List<String> OF_RULES = List.of("resource-read", "waiver-ended", "waiver-unused");

    /** By it a rule knows a release of the controller: of one without it, none reads anything. */
    private static final String CHART = "chart";

    private RuleReadings() {}

    /**
     * The ids of those rules.
     *
     * @param results what the rules say of the plan
     */
    static SortedSet<String> of(StackPlan plan, Map<String, Result> results, StackPlan other) {
        var read = new TreeSet<String>();
        var resources = blurred(plan.resources(), other.resources());
        if (!resources.equals(plan.resources())) {
            read.addAll(finding(results(with(plan, resources, plan.fleet())), results));
        }
        if (!plan.fleet().equals(other.fleet())) {
            read.addAll(differing(results, results(with(plan, plan.resources(), other.fleet()))));
        }
        OF_RULES.forEach(read::remove);
        return read;
    }

    /** Whoever finds nothing any more has lost what it looks at, and need not have read what it is made of. */
    private static SortedSet<String> finding(Map<String, Result> results, Map<String, Result> others) {
        return results.keySet().stream()
                .filter(rule -> !found(others.get(rule)).containsAll(found(results.get(rule))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What each rule says of a plan, by its id. */
    static Map<String, Result> results(StackPlan plan) {
        return RuleSet.assess(plan, Assessments.waivers(plan), true).results().stream()
                .collect(Collectors.toMap(
                        result -> result.rule().id(), Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    /** The ids of the rules that find something else, or elsewhere. */
    static SortedSet<String> differing(Map<String, Result> some, Map<String, Result> others) {
        return some.keySet().stream()
                .filter(rule -> !told(some.get(rule)).equals(told(others.get(rule))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ids of the rules that something breaks in one plan and nothing in the other, be it waived or not. */
    static SortedSet<String> broken(Map<String, Result> some, Map<String, Result> others) {
        return some.keySet().stream()
                .filter(rule -> some.get(rule).findings().isEmpty()
                        != others.get(rule).findings().isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ids of the rules of which it is said that they pass, or are for nothing here, in one plan alone. */
    static SortedSet<String> judged(Map<String, Result> some, Map<String, Result> others) {
        return some.keySet().stream()
                .filter(rule -> some.get(rule).status() != others.get(rule).status())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Without whether somebody waives it, which is no question of the rule's. */
    private static List<String> told(Result result) {
        return result.findings().isEmpty() ? List.of(result.status() + " " + result.note()) : found(result);
    }

    private static List<String> found(Result result) {
        return result.findings().stream()
                .map(finding -> finding.urn() + " " + finding.resource() + " " + finding.detail())
                .toList();
    }

    private static StackPlan with(StackPlan plan, List<Registration> resources, Optional<FleetSummary> fleet) {
        return new StackPlan(
                plan.stack(),
                resources,
                plan.aliases(),
                plan.added(),
                fleet,
                plan.isPulumis(),
                plan.cost(),
                plan.waivers(),
                plan.origin());
    }

    /** Where an input of a resource differs, nobody knows that input of any other of its type either. */
    private static List<Registration> blurred(List<Registration> resources, List<Registration> others) {
        var byName = others.stream().collect(Collectors.toMap(Registration::urn, Registration::inputs));
        var paths = new HashMap<String, Set<List<String>>>();
        resources.stream()
                .filter(resource -> byName.containsKey(resource.urn()))
                .forEach(resource -> differing(
                        resource.inputs(),
                        byName.get(resource.urn()),
                        List.of(),
                        paths.computeIfAbsent(resource.type(), unused -> new HashSet<>())));
        return resources.stream()
                .map(resource -> {
                    var inputs = blurred(resource.inputs(), byName.getOrDefault(resource.urn(), new JsonObject()))
                            .deepCopy()
                            .getAsJsonObject();
                    paths.getOrDefault(resource.type(), Set.of()).forEach(path -> blur(inputs, path));
                    if (PlannedPod.isController(resource)) {
                        inputs.add(CHART, resource.inputs().get(CHART));
                    }
                    return resource.withInputs(inputs);
                })
                .toList();
    }

    /** Collects the paths of values that differ and are in no list. */
    private static void differing(JsonElement value, JsonElement other, List<String> path, Set<List<String>> paths) {
        if (value instanceof JsonObject || other instanceof JsonObject) {
            var some = value instanceof JsonObject found ? found : new JsonObject();
            var others = other instanceof JsonObject found ? found : new JsonObject();
            Stream.concat(some.keySet().stream(), others.keySet().stream())
                    .distinct()
                    .filter(name -> !name.equals(PropertyValues.SIGNATURE))
                    .filter(name -> !Objects.equals(some.get(name), others.get(name)))
                    .forEach(name -> differing(
                            some.get(name),
                            others.get(name),
                            Stream.concat(path.stream(), Stream.of(name)).toList(),
                            paths));
        } else if (!(value instanceof JsonArray) && !(other instanceof JsonArray)) {
            paths.add(path);
        }
    }

    private static void blur(JsonObject inputs, List<String> path) {
        JsonElement holder = inputs;
        for (var step : path.subList(0, path.size() - 1)) {
            holder = holder instanceof JsonObject object ? object.get(step) : null;
        }
        var last = path.get(path.size() - 1);
        if (holder instanceof JsonObject object && object.get(last) instanceof JsonPrimitive) {
            object.add(last, UNKNOWN);
        }
    }

    private static JsonElement blurred(JsonElement value, JsonElement other) {
        if (value.equals(other)) {
            return value;
        }
        if (value instanceof JsonObject object) {
            return object(object, other instanceof JsonObject found ? found : new JsonObject());
        }
        if (value instanceof JsonArray list) {
            return list(list, other instanceof JsonArray found ? found : new JsonArray());
        }
        return UNKNOWN;
    }

    /** A secret and its like stay what they are. */
    private static JsonObject object(JsonObject object, JsonObject other) {
        var result = new JsonObject();
        object.asMap()
                .forEach((name, value) -> result.add(
                        name,
                        name.equals(PropertyValues.SIGNATURE)
                                ? value
                                : blurred(value, Objects.requireNonNullElse(other.get(name), JsonNull.INSTANCE))));
        return result;
    }

    /** An item stands for the one that has its name, or else for the one in its place if there are as many. */
    private static JsonArray list(JsonArray list, JsonArray others) {
        var rest = new ArrayList<>(others.asList());
        list.forEach(rest::remove);
        var result = new JsonArray();
        for (int i = 0; i < list.size(); i++) {
            var item = list.get(i);
            result.add(others.contains(item) ? item : blurred(item, counterpart(item, rest, list, others, i)));
        }
        return result;
    }

    private static JsonElement counterpart(
            JsonElement item, List<JsonElement> rest, JsonArray list, JsonArray others, int place) {
        return rest.stream()
                .filter(other -> name(item).isPresent() && name(item).equals(name(other)))
                .findFirst()
                .orElseGet(() -> list.size() == others.size() ? others.get(place) : JsonNull.INSTANCE);
    }

    private static Optional<JsonElement> name(JsonElement item) {
        return item instanceof JsonObject object ? Optional.ofNullable(object.get("name")) : Optional.empty();
    }
}
