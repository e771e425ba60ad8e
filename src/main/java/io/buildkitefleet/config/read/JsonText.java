package io.buildkitefleet.config.read;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.text.Count;
import io.buildkitefleet.text.SecretForms;
import io.buildkitefleet.text.VisibleText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a JSON value is, and how it is shown to a person. */
public final class JsonText {
    /** Longer values are cut in messages. */
    private static final int SHOWN = 60;

    /** What text may be a whole number. */
    static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,17}");

    private static final Pattern FLAG = Pattern.compile("true|false");

    private JsonText() {}

    /** Text of which everything can be seen: nobody needs another one, and whoever reads a report would be misled. */
    static Optional<String> string(JsonElement json) {
        return anyString(json).filter(VisibleText::isVisible);
    }

    static Optional<String> anyString(JsonElement json) {
        return json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()
                ? Optional.of(json.getAsString())
                : Optional.empty();
    }

    static Optional<JsonObject> object(JsonElement json) {
        return json.isJsonObject() ? Optional.of(json.getAsJsonObject()) : Optional.empty();
    }

    /** True or false, also in quotes, whatever their case, as Pulumi's own typed configuration has them. */
    static Optional<Boolean> flag(JsonElement json) {
        return json.isJsonPrimitive()
                        && FLAG.matcher(json.getAsString().toLowerCase(Locale.ROOT))
                                .matches()
                ? Optional.of(json.getAsBoolean())
                : Optional.empty();
    }

    /** Also in quotes, in which only digits are one. */
    static Optional<Long> wholeNumber(JsonElement json) {
        if (!isNumber(json) && anyString(json).filter(WHOLE.asMatchPredicate()).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(json.getAsString()).longValueExact());
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return Optional.empty();
        }
    }

    /** Text, or a number as it is written. */
    static Optional<String> stringOrNumber(JsonElement json) {
        return isNumber(json) ? Optional.of(json.getAsString()) : string(json);
    }

    private static boolean isNumber(JsonElement json) {
        return json.isJsonPrimitive() && json.getAsJsonPrimitive().isNumber();
    }

    /** As a message shows it: shortened, and without what looks like a secret. */
    public static String describe(JsonElement json) {
        if (json.isJsonNull()) {
            return "nothing";
        }
        if (json.isJsonObject()) {
            var keys = String.join(", ", json.getAsJsonObject().keySet());
            return keys.isEmpty() ? "an empty object" : "an object with the keys " + cut(keys);
        }
        return json.isJsonArray()
                ? isEmptyList(json) ? "an empty list" : "the list " + cut(json.toString())
                : cut(json.toString()) + unseen(json);
    }

    /** Says of what kind a value is, and not what it is: a secret may have been written there by mistake. */
    static String describeHidden(JsonElement json) {
        return anyString(json)
                .map(text -> new Count(text.length(), "character") + " not shown here, lest that is the secret itself")
                .orElseGet(() -> json.isJsonArray() && !isEmptyList(json)
                        ? "a list"
                        : json.isJsonPrimitive() ? "no text" : describe(json));
    }

    /** Whether a message shows all of it: what is said of a text beside may count the characters that it hides. */
    static boolean isShown(String text) {
        return SecretForms.hidden(text).equals(text);
    }

    static boolean isEmptyList(JsonElement json) {
        return json.isJsonArray() && json.getAsJsonArray().isEmpty();
    }

    private static String unseen(JsonElement json) {
        return anyString(json).filter(text -> !VisibleText.isVisible(text)).isPresent()
                ? ", which has characters that nobody sees"
                : "";
    }

    /** A part of a secret is one no longer that could be seen, so what is hidden goes first. */
    private static String cut(String text) {
        var shown = SecretForms.hidden(text);
        return (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown) + hidden(text);
    }

    /** Why not all of it is shown, and what to do. */
    private static String hidden(String text) {
        if (SecretForms.hasUser(text)) {
            return ", without the user and password that are in it; leave out user and password";
        }
        return SecretForms.in(text)
                .map(sign -> ", without the part that " + sign + "; leave that out")
                .orElse("");
    }
}
