package io.buildkitefleet.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.cost.Estimator;
import io.buildkitefleet.cost.PriceList;
import io.buildkitefleet.pulumi.Aliases;
import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import io.buildkitefleet.text.Listing;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The one form of a plan in a file, and its one reader: {@code ./fleet preview --json} writes it, in the shape of
 * {@code pulumi preview --json} with keys of our own beside it, and a plan of {@code pulumi preview --json
 * --show-sames} is read as well.
 */
public final class PlanFile {
    private static final String ALIASES = "aliases";

    private static final double NANOS = 1e9;

    /**
     * Steps after which something is there.
     *
     * @see <a
     *     href="https://github.com/pulumi/pulumi/blob/004205f26edf466d2890777aacc48d2855911cea/pkg/resource/deploy/step.go">step.go</a>
     */
    private static final List<String> HAVE_STATE =
            List.of("same", "create", "update", "replace", "create-replacement", "import", "import-replacement");

    /** Those of them after which it is another one than before. */
    private static final List<String> ADD =
            List.of("create", "replace", "create-replacement", "import", "import-replacement");

    /** The rest of what that file lists. */
    private static final List<String> OTHERS = List.of(
            "delete",
            "delete-replaced",
            "read",
            "read-replacement",
            "refresh",
            "discard",
            "discard-replaced",
            "remove-pending-replace");

    private PlanFile() {}

    /**
     * Writes a preview: what Pulumi's shape lacks are other names of resources, the fleet, its waivers and its cost.
     */
    public static void write(StackPreview preview, Writer out) throws IOException {
        var document = PlanJson.of(preview.plan());
        var aliases = new JsonObject();
        Aliases.of(preview.plan()).forEach((urn, urns) -> {
            var list = new JsonArray();
            urns.forEach(list::add);
            aliases.add(urn, list);
        });
        if (!aliases.isEmpty()) {
            document.add(ALIASES, aliases);
        }
        document.add(FleetJson.KEY, FleetJson.of(preview));
        document.add(WaiversJson.KEY, WaiversJson.of(preview.fleet().config().waivers()));
        document.add(CostJson.KEY, CostJson.of(new Estimator(PriceList.latest()).estimate(preview.fleet())));
        PlanJson.write(document, out);
    }

    /**
     * Reads a plan.
     *
     * @param name how a person knows the file, for messages
     * @throws ProjectException if the file can't be read, is no plan, or is not the whole plan
     */
    public static StackPlan read(String name, Path file) {
        try {
            return parse(name, Files.readString(file));
        } catch (IOException reason) {
            throw new ProjectException(name + ": can't be read (" + IoErrorText.of(reason) + ")", reason);
        }
    }

    /** As {@link #read}, of a plan's text. */
    public static StackPlan parse(String name, String text) {
        try {
            return plan(name, JsonParser.parseString(text));
        } catch (JsonParseException reason) {
            throw new ProjectException(name + ": is not JSON" + WholePlan.REMEDY, reason);
        }
    }

    private static StackPlan plan(String name, JsonElement json) {
        if (!(json instanceof JsonObject document) || !document.has("steps")) {
            throw new ProjectException(name + ": has no steps, so it is no plan" + WholePlan.REMEDY);
        }
        if (!(document.get("steps") instanceof JsonArray steps) || steps.isEmpty()) {
            throw new ProjectException(name + ": steps must be a list that is not empty" + WholePlan.REMEDY);
        }
        var states = states(name, steps);
        WholePlan.require(name, document);
        var resources = states.values().stream().map(State::resource).toList();
        if (resources.stream().allMatch(resource -> resource.isStack() || resource.isProvider())) {
            throw new ProjectException(name + ": plans no resource, so there is nothing to read" + WholePlan.REMEDY);
        }
        var owners = resources.stream()
                .map(resource -> Urn.owner(resource.urn()))
                .distinct()
                .toList();
        if (owners.size() > 1) {
            throw new ProjectException(name + ": has resources of several stacks (" + Listing.of(owners)
                    + "), so it is no plan of one" + WholePlan.REMEDY);
        }
        return new StackPlan(
                Urn.stack(resources.get(0).urn()),
                resources,
                aliases(name, document, states.values()),
                added(steps),
                FleetJson.read(name, document),
                !document.has(FleetJson.KEY),
                CostJson.read(name, document),
                WaiversJson.read(name, document),
                new Origin.File());
    }

    /** What is there afterwards, by URN: a replacement is told in several steps, and its last state counts. */
    private static Map<String, State> states(String name, JsonArray steps) {
        var states = new LinkedHashMap<String, State>();
        for (int i = 0; i < steps.size(); i++) {
            var place = name + ": steps[" + i + "]";
            var step = object(place, steps.get(i));
            var operation = text(place, step, "op");
            requireKnown(place, operation);
            if (!isOurs(operation)) {
                continue;
            }
            if (step.get("newState") instanceof JsonObject state) {
                requireSame(place, step, state);
                var resource = registration(place + ".newState", state);
                states.put(resource.urn(), new State(resource, texts(place + ".newState", state, ALIASES)));
            } else if (HAVE_STATE.contains(operation)) {
                throw new ProjectException(place + ".newState: is missing, and what is there after a step to "
                        + operation + " stands in it" + WholePlan.REMEDY);
            }
        }
        return states;
    }

    /** A step says beside its state of what it is. */
    private static void requireSame(String place, JsonObject step, JsonObject state) {
        for (var key : List.of("urn", "provider")) {
            if (step.has(key) && !step.get(key).equals(state.get(key))) {
                throw new ProjectException(place + "." + key + ": is another than that of its newState; got: "
                        + step.get(key) + " and " + (state.has(key) ? state.get(key) : "none") + WholePlan.REMEDY);
            }
        }
    }

    private static Set<String> added(JsonArray steps) {
        return steps.asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(step -> ADD.contains(step.get("op").getAsString()))
                .map(step -> step.getAsJsonObject("newState").get("urn").getAsString())
                .collect(Collectors.toSet());
    }

    private static void requireKnown(String place, String operation) {
        if (!HAVE_STATE.contains(operation) && !OTHERS.contains(operation)) {
            throw new ProjectException(place + ".op: is no step of Pulumi's: " + operation + WholePlan.REMEDY);
        }
    }

    /** Whether a step's new state is what the stack has: not what goes, nor what it only reads. */
    private static boolean isOurs(String operation) {
        return List.of("delete", "discard", "read").stream().noneMatch(operation::startsWith);
    }

    private static Map<String, List<String>> aliases(String name, JsonObject document, Collection<State> states) {
        var ofDocument =
                document.has(ALIASES) ? object(name + ": " + ALIASES, document.get(ALIASES)) : new JsonObject();
        var aliases = new LinkedHashMap<String, List<String>>();
        for (var state : states) {
            var urns = new ArrayList<>(state.aliases());
            urns.addAll(
                    texts(name + ": " + ALIASES, ofDocument, state.resource().urn()));
            if (!urns.isEmpty()) {
                aliases.put(state.resource().urn(), urns);
            }
        }
        return aliases;
    }

    /** A resource, and other URNs by which it may be known. */
    private record State(Registration resource, List<String> aliases) {}

    private static Registration registration(String place, JsonObject state) {
        var urn = text(place, state, "urn");
        if (!Urn.isOne(urn)) {
            throw new ProjectException(place + ".urn: is none: " + urn);
        }
        var inputs = state.has("inputs") ? object(place + ".inputs", state.get("inputs")) : new JsonObject();
        if (PropertyValues.isSecret(inputs)) {
            throw new ProjectException(place + ".inputs: must be an object of inputs, and is a secret as a whole");
        }
        return new Registration(
                urn,
                text(place, state, "type"),
                Urn.name(urn),
                flag(state, "custom"),
                state.has("parent") ? text(place, state, "parent") : "",
                inputs,
                options(place, state),
                state.has("provider") ? text(place, state, "provider") : "",
                "",
                "",
                urns(place, state, "dependencies"),
                propertyDependencies(place, state),
                new JsonObject(),
                false);
    }

    private static Registration.Options options(String place, JsonObject state) {
        return new Registration.Options(
                flag(state, "protect"),
                flag(state, "retainOnDelete"),
                state.has("deletedWith") ? text(place, state, "deletedWith") : "",
                texts(place, state, "ignoreChanges"),
                texts(place, state, "replaceOnChanges"),
                false,
                List.of(),
                timeouts(place, state),
                texts(place, state, "additionalSecretOutputs"),
                state.has("importID") ? text(place, state, "importID") : "");
    }

    private static Registration.Timeouts timeouts(String place, JsonObject state) {
        if (!state.has("customTimeouts")) {
            return Registration.Timeouts.DEFAULT;
        }
        var within = place + ".customTimeouts";
        var timeouts = object(within, state.get("customTimeouts"));
        return new Registration.Timeouts(
                seconds(within, timeouts, "create"),
                seconds(within, timeouts, "update"),
                seconds(within, timeouts, "delete"));
    }

    private static Duration seconds(String place, JsonObject timeouts, String key) {
        if (!timeouts.has(key)) {
            return Duration.ZERO;
        }
        if (!JsonValues.isNumber(timeouts.get(key))) {
            throw new ProjectException(place + "." + key + ": must be a number of seconds");
        }
        return Duration.ofNanos(Math.round(timeouts.get(key).getAsDouble() * NANOS));
    }

    private static TreeMap<String, List<String>> propertyDependencies(String place, JsonObject state) {
        var dependencies = new TreeMap<String, List<String>>();
        if (state.get("propertyDependencies") instanceof JsonObject object) {
            object.keySet().forEach(key -> dependencies.put(key, urns(place + ".propertyDependencies", object, key)));
        }
        return dependencies;
    }

    private static JsonObject object(String place, JsonElement json) {
        if (json instanceof JsonObject object) {
            return object;
        }
        throw new ProjectException(place + ": must be an object");
    }

    private static String text(String place, JsonObject object, String key) {
        var value = object.get(key);
        if (value == null || !value.isJsonPrimitive()) {
            throw new ProjectException(place + "." + key + ": must be text");
        }
        return value.getAsString();
    }

    private static List<String> urns(String place, JsonObject object, String key) {
        var urns = texts(place, object, key);
        urns.stream().filter(urn -> !Urn.isOne(urn)).findFirst().ifPresent(other -> {
            throw new ProjectException(place + "." + key + ": must be URNs, got: " + other + WholePlan.REMEDY);
        });
        return urns;
    }

    private static boolean flag(JsonObject object, String key) {
        return object.get(key) instanceof JsonPrimitive value && value.getAsBoolean();
    }

    /** None where there is nothing, or where Pulumi writes null for nothing. */
    private static List<String> texts(String place, JsonObject object, String key) {
        var value = object.get(key);
        if (value == null || value.isJsonNull()) {
            return List.of();
        }
        if (!value.isJsonArray() || !value.getAsJsonArray().asList().stream().allMatch(JsonElement::isJsonPrimitive)) {
            throw new ProjectException(place + "." + key + ": must be a list of texts");
        }
        return value.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
