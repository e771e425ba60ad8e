package io.buildkitefleet.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.config.read.ConfigSource;
import io.buildkitefleet.config.read.Forms;
import io.buildkitefleet.config.read.JsonText;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.value.FormFlaw;
import java.util.regex.Pattern;

/**
 * The labels that Google's provider puts on everything, as {@code gcp:defaultLabels} has them. Google refuses others
 * one resource at a time, while the update runs: https://cloud.google.com/compute/docs/labeling-resources#requirements
 */
final class DefaultLabels {
    private static final String KEY = GoogleSettings.NAMESPACE + GoogleSettings.DEFAULT_LABELS;

    /** Google takes letters of any language: https://cloud.google.com/kms/docs/labeling-keys */
    private static final Pattern NAME = Pattern.compile("[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}");

    private static final Pattern VALUE = Pattern.compile("[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}");

    private DefaultLabels() {}

    /** Notes what is no label; what is empty is told elsewhere. */
    static void check(ConfigSource source, Problems problems) {
        source.get(KEY).filter(text -> !text.isBlank() && !source.isSecret(KEY)).ifPresent(text -> {
            var json = parse(text);
            if (!json.isJsonObject()) {
                problems.add(
                        KEY, "must be an object of labels, such as {owner: platform}, got " + JsonText.describe(json));
                return;
            }
            json.getAsJsonObject().asMap().forEach((name, value) -> label(problems, name, value));
        });
    }

    private static JsonElement parse(String text) {
        try {
            return JsonParser.parseString(text);
        } catch (JsonParseException notJson) {
            return new JsonPrimitive(text);
        }
    }

    private static void label(Problems problems, String name, JsonElement value) {
        var place = KEY + "." + name;
        if (!NAME.matcher(name).matches()) {
            problems.add(place, "its name must be " + Forms.CLOUD_LABEL_WORDS + flaw(new JsonPrimitive(name), NAME));
        } else if (!isText(value) || !VALUE.matcher(value.getAsString()).matches()) {
            problems.add(
                    place,
                    "must be " + Forms.CLOUD_LABEL_VALUE_WORDS + ", got " + JsonText.describe(value)
                            + (value.isJsonPrimitive() ? problems.reading(place, value.getAsString()) : "")
                            + (isText(value)
                                    ? flaw(value, VALUE)
                                    : value.isJsonPrimitive() ? ", which is not text; write it in quotes" : ""));
        }
    }

    private static boolean isText(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }

    private static String flaw(JsonElement text, Pattern form) {
        return FormFlaw.of(text.getAsString(), form).map("; "::concat).orElse("");
    }
}
