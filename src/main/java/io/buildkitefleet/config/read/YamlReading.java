package io.buildkitefleet.config.read;

import com.google.gson.JsonElement;
import io.buildkitefleet.pulumi.WrittenValues;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What YAML makes of a value that a person wrote without quotes, where that is something else. What to write is said
 * only where it is sure what was meant. The rules are those of go-yaml, with which Pulumi reads its files:
 * https://github.com/go-yaml/yaml/blob/v3/resolve.go
 */
final class YamlReading {
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
    private static final Set<String> ON = Set.of("yes", "on", "y");
    private static final Set<String> OFF = Set.of("no", "off", "n");

    private YamlReading() {}

    /** What is to be said of a value that is refused, after what was got; empty if it was read as it is written. */
    static String of(JsonElement json, Optional<WrittenValues.Value> written, ValueForm form) {
        if (form instanceof ValueForm.Flag) {
            return JsonText.anyString(json).map(YamlReading::flag).orElse("");
        }
        var isText = JsonText.anyString(json).isPresent();
        if (form instanceof ValueForm.Foreign || !json.isJsonPrimitive() || isText && written.isEmpty()) {
            return "";
        }
        var shown = made(json.getAsString(), written);
        if (!(form instanceof ValueForm.Text text)) {
            return shown;
        }
        return shown
                + quoted(isText ? "" : shown.isEmpty() ? ", which is not text" : ", and not text", json, written, text);
    }

    /** That a text is not what is written; empty if it is, or if that is not known. */
    static String made(String read, Optional<WrittenValues.Value> written) {
        return written.filter(value -> !value.text().equals(read))
                .map(value -> ", which is what YAML makes of " + value.text() + " (line " + value.line() + ")")
                .orElse("");
    }

    private static String quoted(
            String notText, JsonElement json, Optional<WrittenValues.Value> written, ValueForm.Text form) {
        if (!form.form()
                .matcher(written.map(WrittenValues.Value::text).orElseGet(json::getAsString))
                .matches()) {
            return "";
        }
        return notText
                + "; write "
                + written.map(value -> "\"" + value.text() + "\"").orElse("it in quotes");
    }

    private static String flag(String text) {
        var word = text.toLowerCase(Locale.ROOT);
        return ON.contains(word)
                ? ", which is text to YAML; write true"
                : OFF.contains(word) ? ", which is text to YAML; write false" : "";
    }

    /** What may have been meant otherwise although it can be read: a number with a zero before it. */
    static Optional<String> doubt(JsonElement json, WrittenValues.Value written) {
        var read = json.getAsString();
        return Optional.of(written.text())
                .filter(text -> OCTAL.matcher(text).matches() && !text.equals(read))
                .map(text -> "is " + read + ": YAML reads " + text + " (line " + written.line()
                        + ") as octal; leave out the zero before it, unless " + read + " is meant");
    }
}
