package io.buildkitefleet.pulumi;

import com.google.gson.FormattingStyle;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonIOException;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A plan in the shape of {@code pulumi preview --json}, so that what reads the one can read the other. Without
 * {@code duration}: the same plan always gives the same text. The stack has its outputs, which Pulumi's preview has of
 * a stack that is up.
 *
 * @see <a href="https://github.com/pulumi/pulumi/blob/v3.182.0/pkg/backend/display/json.go">json.go</a>
 */
public final class PlanJson {
    private static final Gson GSON = new GsonBuilder()
            .setFormattingStyle(FormattingStyle.PRETTY.withIndent("    "))
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private PlanJson() {}

    /** The document; callers may add keys of their own to it. */
    public static JsonObject of(Plan plan) {
        var document = new JsonObject();
        addIfAny(document, "config", texts(plan.config()));
        var steps = new JsonArray();
        var changes = new TreeMap<String, Integer>();
        for (Registration registration : stated(plan)) {
            String operation = operation(registration);
            steps.add(step(operation, registration));
            if (!operation.equals("read")) {
                changes.merge(operation, 1, Integer::sum);
            }
        }
        document.add("steps", steps);
        addIfAny(document, "diagnostics", diagnostics(plan));
        var summary = new JsonObject();
        changes.forEach(summary::addProperty);
        document.add("changeSummary", summary);
        return document;
    }

    /** The registrations with the inputs that a plan states: secrets are masked, providers have their version. */
    public static List<Registration> stated(Plan plan) {
        var assets = new AssetHashes(plan.project().directory());
        return plan.registrations().stream()
                .map(registration -> registration.withInputs(assets.complete(inputs(registration))))
                .toList();
    }

    /** Writes it as Pulumi does, with four spaces for each level and a line feed at the end. */
    public static void write(JsonObject document, Writer out) throws IOException {
        try {
            GSON.toJson(document, out);
        } catch (JsonIOException failed) {
            if (failed.getCause() instanceof IOException reason) {
                throw reason;
            }
            throw failed;
        }
        out.write('\n');
    }

    private static String operation(Registration registration) {
        if (!registration.readId().isEmpty()) {
            return "read";
        }
        return registration.options().importId().isEmpty() ? "create" : "import";
    }

    private static JsonObject step(String operation, Registration registration) {
        var step = new JsonObject();
        step.addProperty("op", operation);
        step.addProperty("urn", registration.urn());
        addIfAny(step, "provider", registration.provider());
        step.add("newState", state(registration));
        step.add("detailedDiff", JsonNull.INSTANCE);
        return step;
    }

    private static JsonObject state(Registration registration) {
        Registration.Options options = registration.options();
        var state = new JsonObject();
        state.addProperty("urn", registration.urn());
        state.addProperty("custom", registration.custom());
        addIfAny(state, "id", registration.readId());
        state.addProperty("type", registration.type());
        addIfAny(state, "inputs", registration.inputs());
        if (registration.isStack()) {
            addIfAny(
                    state,
                    "outputs",
                    PropertyValues.masked(registration.outputs()).getAsJsonObject());
        }
        addIfAny(state, "parent", registration.parent());
        addIfTrue(state, "protect", options.protect());
        addIfTrue(state, "external", !registration.readId().isEmpty());
        addIfAny(state, "dependencies", array(registration.dependencies()));
        addIfAny(state, "provider", registration.provider());
        addIfAny(state, "propertyDependencies", arrays(registration.propertyDependencies()));
        addIfAny(state, "additionalSecretOutputs", array(options.additionalSecretOutputs()));
        addIfAny(state, "customTimeouts", timeouts(options.timeouts()));
        addIfAny(state, "importID", options.importId());
        addIfTrue(state, "retainOnDelete", options.retainOnDelete());
        addIfAny(state, "deletedWith", options.deletedWith());
        addIfAny(state, "ignoreChanges", array(options.ignoreChanges()));
        addIfAny(state, "replaceOnChanges", array(options.replaceOnChanges()));
        return state;
    }

    /** The engine adds the version of its plugin to a provider that the program configures. */
    private static JsonObject inputs(Registration registration) {
        JsonObject inputs = PropertyValues.masked(registration.inputs()).getAsJsonObject();
        if (!registration.isProvider()) {
            return inputs;
        }
        var completed = new TreeMap<>(inputs.asMap());
        completed.put("__internal", new JsonObject());
        if (!registration.version().isEmpty()) {
            completed.put("version", new JsonPrimitive(registration.version()));
        }
        var sorted = new JsonObject();
        completed.forEach(sorted::add);
        return sorted;
    }

    private static JsonArray diagnostics(Plan plan) {
        var diagnostics = new JsonArray();
        for (Diagnostic diagnostic : plan.diagnostics()) {
            String severity = diagnostic.severity().name().toLowerCase(Locale.ROOT);
            String prefix = diagnostic.severity() == Diagnostic.Severity.INFO ? "" : severity + ": ";
            var entry = new JsonObject();
            addIfAny(entry, "urn", diagnostic.urn());
            entry.addProperty("message", prefix + diagnostic.message() + "\n");
            entry.addProperty("severity", severity);
            diagnostics.add(entry);
        }
        return diagnostics;
    }

    private static JsonObject texts(Map<String, String> values) {
        var object = new JsonObject();
        values.forEach(object::addProperty);
        return object;
    }

    private static JsonObject arrays(Map<String, ? extends Collection<String>> values) {
        var object = new JsonObject();
        values.forEach((key, list) -> object.add(key, array(list)));
        return object;
    }

    private static JsonArray array(Collection<String> values) {
        var array = new JsonArray(values.size());
        values.forEach(array::add);
        return array;
    }

    private static JsonObject timeouts(Registration.Timeouts timeouts) {
        var seconds = new JsonObject();
        addIfAny(seconds, "create", timeouts.create());
        addIfAny(seconds, "update", timeouts.update());
        addIfAny(seconds, "delete", timeouts.delete());
        return seconds;
    }

    private static void addIfAny(JsonObject object, String key, Duration value) {
        if (!value.isZero()) {
            object.add(key, new JsonPrimitive(JsonNumbers.shortest(value.toNanos() / 1e9)));
        }
    }

    private static void addIfAny(JsonObject object, String key, String value) {
        if (!value.isEmpty()) {
            object.addProperty(key, value);
        }
    }

    private static void addIfAny(JsonObject object, String key, JsonObject value) {
        if (!value.isEmpty()) {
            object.add(key, value);
        }
    }

    private static void addIfAny(JsonObject object, String key, JsonArray value) {
        if (!value.isEmpty()) {
            object.add(key, value);
        }
    }

    private static void addIfTrue(JsonObject object, String key, boolean value) {
        if (value) {
            object.addProperty(key, true);
        }
    }
}
