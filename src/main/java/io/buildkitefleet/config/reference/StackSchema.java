package io.buildkitefleet.config.reference;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.ExtendedFleet;
import io.buildkitefleet.config.GoogleSettings;
import io.buildkitefleet.config.LocalConfig;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.KeyTree;
import io.buildkitefleet.config.read.ValueForm;
import io.buildkitefleet.config.value.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The JSON schema of a file {@code Pulumi.<stack>.yaml}, of draft 7, which editors know best. Every stack that the
 * reader takes matches it; what follows only from several values together, the reader alone can tell.
 */
public final class StackSchema {
    private static final String PROPERTIES = "properties";
    private static final String OTHERS = "additionalProperties";
    private static final String REQUIRED = "required";

    /** A default that is a value, as the reference of keys writes it. */
    private static final Pattern VALUE = Pattern.compile("`([a-z0-9:.-]+)`");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private StackSchema() {}

    /**
     * As it is kept in a file.
     *
     * @param reference every key of a fleet
     */
    public static String text(KeyReference reference) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(of(reference)) + "\n";
    }

    /** @param reference every key of a fleet */
    static JsonObject of(KeyReference reference) {
        var schema = new JsonObject();
        schema.addProperty("$schema", "http://json-schema.org/draft-07/schema#");
        schema.addProperty("title", "A stack of buildkite-fleet");
        schema.addProperty("type", "object");
        schema.add(PROPERTIES, only("config", config(KeyTree.of(reference))));
        // What a file does not say, an environment of Pulumi ESC may.
        schema.add("if", required("environment"));
        var whole = required("config");
        whole.add(PROPERTIES, only("config", required(ConfigSource.FLEET)));
        schema.add("else", whole);
        return schema;
    }

    private static JsonObject config(KeyTree keys) {
        var properties = new JsonObject();
        OutsideKey.all().stream()
                .filter(key -> key.name().startsWith(GoogleSettings.NAMESPACE))
                .forEach(key -> properties.add(
                        key.name(),
                        described(
                                ofGoogle(key.shortName()),
                                key.isHandedOn() ? key.doc() : key.doc() + ". It is " + key.allowed() + ".")));
        var fleet = described(object(keys), "The fleet: docs/configuration.md, or ./fleet explain KEY");
        fleet.add("if", required(ExtendedFleet.EXTENDS));
        var whole = complete(keys, KeyTree::isRequired);
        whole.add("if", required(LocalConfig.KEY));
        whole.add("else", complete(keys, key -> key.isRequiredWithout(LocalConfig.KEY)));
        whole.add("allOf", listOf(named(keys)));
        fleet.add("else", whole);
        properties.add(ConfigSource.FLEET, fleet);
        var config = FormSchema.typed("object");
        config.add(PROPERTIES, properties);
        var unknown = "^" + GoogleSettings.NAMESPACE + "(?!(?:" + String.join("|", GoogleSettings.NAMES) + ")$)";
        config.add("patternProperties", only(unknown, new JsonPrimitive(false)));
        return config;
    }

    /** What is handed on is Google's alone to judge; a secret is an object in the file. */
    private static JsonObject ofGoogle(String name) {
        return switch (name) {
            case "project" -> FormSchema.of(new ValueForm.Text(ProjectId.NOTATION.form()));
            case GoogleSettings.IMPERSONATE -> FormSchema.textOrSecret(Forms.SERVICE_ACCOUNT);
            case GoogleSettings.DEFAULT_LABELS -> FormSchema.textsOrSecret();
            default -> new JsonObject();
        };
    }

    /** What holds other keys. */
    private static JsonObject object(KeyTree tree) {
        var first = tree.children().get(0);
        if (first.name().equals(KeyReference.ITEM)) {
            var list = FormSchema.typed("array");
            list.add("items", object(first));
            return list;
        }
        var object = FormSchema.typed("object");
        if (first.name().equals(KeyReference.NAME)) {
            object.add("propertyNames", FormSchema.pattern(EcmaPattern.of(Forms.LABEL)));
            object.add(OTHERS, FormSchema.orNothing(object(first)));
            return object;
        }
        var properties = new JsonObject();
        tree.children().forEach(child -> properties.add(child.name(), property(child)));
        object.add(PROPERTIES, properties);
        object.addProperty(OTHERS, false);
        return object;
    }

    /** What may not be left out, in a fleet that takes nothing from another file. */
    private static JsonObject complete(KeyTree tree, Predicate<KeyTree> isRequired) {
        return throughout(tree, at -> {
            var required =
                    at.children().stream().filter(isRequired).map(KeyTree::name).toList();
            return required.isEmpty() ? new JsonObject() : only(REQUIRED, texts(required));
        });
    }

    /** There, nothing behind a name has nothing that it takes away. */
    private static JsonObject named(KeyTree tree) {
        return throughout(tree, at -> {
            if (at.name().equals(KeyReference.NAME)) {
                return FormSchema.typed("object");
            }
            return at.key()
                    .map(KeyReference.Key::form)
                    .filter(ValueForm.Entries.class::isInstance)
                    .map(form -> only(OTHERS, FormSchema.something(((ValueForm.Entries) form).value())))
                    .orElseGet(JsonObject::new);
        });
    }

    /** What is said of each place, at its place. */
    private static JsonObject throughout(KeyTree tree, Function<KeyTree, JsonObject> said) {
        var schema = said.apply(tree);
        var properties = new JsonObject();
        for (var child : tree.children()) {
            var below = throughout(child, said);
            if (!below.isEmpty() && child.name().equals(KeyReference.NAME)) {
                schema.add(OTHERS, below);
            } else if (!below.isEmpty() && child.name().equals(KeyReference.ITEM)) {
                schema.add("items", below);
            } else if (!below.isEmpty()) {
                properties.add(child.name(), below);
            }
        }
        if (!properties.isEmpty()) {
            schema.add(PROPERTIES, properties);
        }
        return schema;
    }

    private static JsonObject property(KeyTree tree) {
        return tree.key().map(StackSchema::value).orElseGet(() -> FormSchema.orNothing(object(tree)));
    }

    private static JsonObject value(KeyReference.Key key) {
        var schema = FormSchema.of(key.form());
        if (key.isRequired()) {
            return described(schema, key.doc() + ". It is " + key.allowed() + ".");
        }
        fallback(key).ifPresent(value -> schema.add("default", value));
        return described(
                FormSchema.orNothing(schema),
                key.doc() + ". It is " + key.allowed() + "; "
                        + (key.isRequiredWithout(LocalConfig.KEY) ? "" : "by default: ") + key.otherwise() + ".");
    }

    /** The default, where it is a value and not told in words. */
    private static Optional<JsonElement> fallback(KeyReference.Key key) {
        var value = VALUE.matcher(key.otherwise());
        if (!value.matches() || key.form() instanceof ValueForm.Items || key.form() instanceof ValueForm.Entries) {
            return Optional.empty();
        }
        var text = value.group(1);
        if (key.form() instanceof ValueForm.Flag) {
            return Optional.of(new JsonPrimitive(Boolean.valueOf(text)));
        }
        return Optional.of(
                key.form() instanceof ValueForm.Whole && NUMBER.matcher(text).matches()
                        ? new JsonPrimitive(Integer.valueOf(text))
                        : new JsonPrimitive(text));
    }

    private static JsonObject described(JsonObject schema, String description) {
        schema.addProperty("description", description);
        return schema;
    }

    private static JsonObject required(String... keys) {
        var schema = new JsonObject();
        schema.add(REQUIRED, texts(List.of(keys)));
        return schema;
    }

    private static JsonArray texts(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static JsonArray listOf(JsonElement item) {
        var array = new JsonArray();
        array.add(item);
        return array;
    }

    private static JsonObject only(String name, JsonElement value) {
        var object = new JsonObject();
        object.add(name, value);
        return object;
    }
}
