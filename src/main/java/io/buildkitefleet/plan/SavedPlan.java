package io.buildkitefleet.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pulumi.IoErrorText;
import io.buildkitefleet.pulumi.ProjectException;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * A plan that was kept in a file: one of {@code ./fleet preview --json}, or of {@code pulumi preview --json
 * --show-sames}, which says of each step what the resource is to be afterwards.
 *
 * @param stack the stack that it is a plan of
 * @param resources what there is once it has run, in its order; what it deletes is left out
 * @param document the whole of it, for keys that are not Pulumi's
 */
public record SavedPlan(String stack, List<Registration> resources, JsonObject document) {
    public SavedPlan {
        resources = List.copyOf(resources);
    }

    /** @throws ProjectException if the file can't be read, is no plan, or is not the whole plan */
    public static SavedPlan read(Path file) {
        try {
            return of(file.toString(), JsonParser.parseString(Files.readString(file)));
        } catch (IOException reason) {
            throw new ProjectException(file + ": can't be read (" + IoErrorText.of(reason) + ")", reason);
        } catch (JsonParseException reason) {
            throw new ProjectException(file + ": is not JSON" + WholePlan.REMEDY, reason);
        }
    }

    private static SavedPlan of(String file, JsonElement json) {
        if (!(json instanceof JsonObject document) || !document.has("steps")) {
            throw new ProjectException(file + ": has no steps, so it is no plan" + WholePlan.REMEDY);
        }
        if (!(document.get("steps") instanceof JsonArray steps) || steps.isEmpty()) {
            throw new ProjectException(file + ": steps must be a list that is not empty" + WholePlan.REMEDY);
        }
        // A replacement is told in several steps.
        var byUrn = new LinkedHashMap<String, Registration>();
        for (int i = 0; i < steps.size(); i++) {
            var place = file + ": steps[" + i + "]";
            var step = object(place, steps.get(i));
            var state = step.get("newState");
            var operation = text(place, step, "op");
            if (state instanceof JsonObject after && !operation.startsWith("delete")) {
                var resource = registration(place + ".newState", after);
                byUrn.put(resource.urn(), resource);
            }
        }
        WholePlan.require(file, document);
        var resources = new ArrayList<>(byUrn.values());
        if (resources.stream().allMatch(resource -> resource.isStack() || resource.isProvider())) {
            throw new ProjectException(file + ": plans no resource, so there is nothing to read" + WholePlan.REMEDY);
        }
        return new SavedPlan(Urn.stack(resources.get(0).urn()), resources, document);
    }

    private static Registration registration(String place, JsonObject state) {
        var urn = text(place, state, "urn");
        if (!Urn.isOne(urn)) {
            throw new ProjectException(place + ".urn: is none: " + urn);
        }
        var inputs = state.has("inputs") ? object(place + ".inputs", state.get("inputs")) : new JsonObject();
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
                flag(state, "external") && state.has("id") ? text(place, state, "id") : "",
                texts(place, state, "dependencies"),
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
                Registration.Timeouts.DEFAULT,
                texts(place, state, "additionalSecretOutputs"),
                state.has("importID") ? text(place, state, "importID") : "");
    }

    private static TreeMap<String, List<String>> propertyDependencies(String place, JsonObject state) {
        var dependencies = new TreeMap<String, List<String>>();
        if (state.get("propertyDependencies") instanceof JsonObject object) {
            object.keySet().forEach(key -> dependencies.put(key, texts(place + ".propertyDependencies", object, key)));
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
