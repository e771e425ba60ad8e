package io.buildkitefleet.config.reference;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.read.ValueForm;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The schema of one value: whatever the reader takes there matches it, and of what it does not take, most does not. */
final class FormSchema {
    private static final String TYPE = "type";

    private FormSchema() {}

    static JsonObject of(ValueForm form) {
        // A switch over the types of a sealed interface is not part of Java 17.
        if (form instanceof ValueForm.Text text) {
            return typed("string", EcmaPattern.of(text.form()));
        }
        if (form instanceof ValueForm.TextOrNumber text) {
            return textOrNumber(text);
        }
        if (form instanceof ValueForm.Whole whole) {
            return whole(whole);
        }
        if (form instanceof ValueForm.Flag) {
            return flag();
        }
        if (form instanceof ValueForm.Choice choice) {
            return choice(choice);
        }
        if (form instanceof ValueForm.Items items) {
            return items(items);
        }
        if (form instanceof ValueForm.Entries entries) {
            return entries(entries);
        }
        return typed("object");
    }

    /** In quotes its bounds are those of its length alone. */
    private static JsonObject whole(ValueForm.Whole whole) {
        var digits = String.valueOf(whole.most()).length();
        var schema =
                typed("integer", "^(?:" + (whole.least() == 0 ? "0|" : "") + "[1-9][0-9]{0," + (digits - 1) + "})$");
        schema.add(TYPE, array(Stream.of("integer", "string")));
        schema.addProperty("minimum", whole.least());
        schema.addProperty("maximum", whole.most());
        return schema;
    }

    private static JsonObject flag() {
        var schema = typed("boolean", "^(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$");
        schema.add(TYPE, array(Stream.of("boolean", "string")));
        return schema;
    }

    /** The same where a key with nothing behind it counts as left out. */
    static JsonObject orNothing(JsonObject schema) {
        var types = types(schema);
        types.add("null");
        schema.add(TYPE, types);
        if (schema.has("anyOf")) {
            schema.getAsJsonArray("anyOf").add(typed("null"));
        }
        return schema;
    }

    private static JsonArray types(JsonObject schema) {
        var type = schema.get(TYPE);
        return type.isJsonArray() ? type.getAsJsonArray() : array(Stream.of(type.getAsString()));
    }

    /** A number is no text to a schema, so that only its sign can be told. */
    private static JsonObject textOrNumber(ValueForm.TextOrNumber text) {
        var schema = typed("string", EcmaPattern.of(text.form()));
        schema.add(TYPE, array(Stream.of("string", "number")));
        schema.addProperty("exclusiveMinimum", 0);
        return schema;
    }

    /** Editors offer the words as they are documented; the reader takes them in any case. */
    private static JsonObject choice(ValueForm.Choice choice) {
        var words = new JsonObject();
        words.add("enum", array(choice.choices().stream()));
        var schema = typed("string");
        var any = new JsonArray();
        any.add(words);
        choice.choices().forEach(word -> any.add(typed("string", EcmaPattern.inAnyCase(word))));
        schema.add("anyOf", any);
        return schema;
    }

    private static JsonObject items(ValueForm.Items items) {
        var schema = typed("array");
        schema.add("items", of(items.item()));
        schema.addProperty("uniqueItems", true);
        if (!items.mayBeEmpty()) {
            schema.addProperty("minItems", 1);
        }
        return schema;
    }

    /** Nothing behind a name takes away what a file has that is extended. */
    private static JsonObject entries(ValueForm.Entries entries) {
        var schema = typed("object");
        schema.add("propertyNames", pattern(EcmaPattern.of(entries.names())));
        schema.add("additionalProperties", orNothing(of(entries.value())));
        return schema;
    }

    /** What a value may be at all: not nothing. */
    static JsonObject something(ValueForm form) {
        var schema = new JsonObject();
        schema.add(TYPE, of(form).get(TYPE));
        return schema;
    }

    /** Text that matches as a whole, or a secret, which nobody can read in the file. */
    static JsonObject textOrSecret(Pattern form) {
        var schema = typed("string", EcmaPattern.of(form));
        schema.add(TYPE, array(Stream.of("string", "object")));
        return schema;
    }

    /** An object of texts, or the same as JSON, as Pulumi keeps it; a secret looks like the first. */
    static JsonObject textsOrSecret() {
        var schema = typed("object");
        schema.add("additionalProperties", typed("string"));
        schema.add(TYPE, array(Stream.of("object", "string")));
        return schema;
    }

    static JsonObject typed(String type) {
        var schema = new JsonObject();
        schema.addProperty(TYPE, type);
        return schema;
    }

    private static JsonObject typed(String type, String pattern) {
        var schema = typed(type);
        schema.addProperty("pattern", pattern);
        return schema;
    }

    static JsonObject pattern(String pattern) {
        var schema = new JsonObject();
        schema.addProperty("pattern", pattern);
        return schema;
    }

    private static JsonArray array(Stream<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
