package io.buildkitefleet.config.read;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.FormFlaw;
import io.buildkitefleet.config.value.Notation;
import io.buildkitefleet.config.value.Spelling;
import io.buildkitefleet.text.SecretForms;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** One key of the configuration whose type is about to be said. */
public final class Field {
    private static final String SOME = "a list of one or more, each item ";

    private final Place section;
    private final Place place;
    private final String pattern;
    private final String doc;
    private final Optional<JsonElement> element;
    private final KeyReference reference;

    Field(
            Place section,
            String key,
            String pattern,
            String doc,
            Optional<JsonElement> element,
            KeyReference reference) {
        this.section = section;
        this.place = section.at(key);
        this.pattern = pattern;
        this.doc = doc;
        this.element = element;
        this.reference = reference;
    }

    /** Text that matches; {@code allowed} says in words what does. */
    public Value<String> text(Pattern pattern, String allowed) {
        var form = new ValueForm.Text(pattern);
        return value(
                form,
                allowed,
                "",
                json -> matching(json, pattern),
                json -> refused(json, pattern) + reading(json, form));
    }

    /** The same, where the notation can say why a text is none. */
    public Value<String> text(Notation<String> notation, String allowed) {
        return parsed(new ValueForm.Text(notation.form()), allowed, "", notation, JsonText::string);
    }

    /** The key under which a secret stands. */
    public Value<String> secretKey() {
        return value(
                new ValueForm.Text(Forms.SECRET_KEY),
                Forms.SECRET_KEY_WORDS,
                "",
                Field::secretName,
                Field::refusedSecretName);
    }

    /** A whole number between the two, both included; it may stand in quotes, as what ESC puts together does. */
    public Value<Integer> integer(int least, int most) {
        var form = new ValueForm.Whole(least, most);
        return value(
                form,
                "a whole number from " + least + " to " + most,
                least,
                json -> JsonText.wholeNumber(json)
                        .filter(number -> number >= least && number <= most)
                        .map(Long::intValue),
                json -> JsonText.describe(json)
                        + JsonText.anyString(json)
                                .flatMap(WholeFlaw::of)
                                .map("; "::concat)
                                .orElse("")
                        + reading(json, form));
    }

    /** True or false, which may stand in quotes. */
    public Value<Boolean> flag() {
        var form = new ValueForm.Flag();
        return value(
                form, "true or false", false, JsonText::flag, json -> JsonText.describe(json) + reading(json, form));
    }

    /** One of an enum's constants, written with hyphens, in any case. */
    public <E extends Enum<E>> Value<E> choice(Class<E> type) {
        var choices = choicesOf(type);
        var form = new ValueForm.Choice(List.copyOf(choices.keySet()));
        return value(
                form,
                oneOf(choices),
                type.getEnumConstants()[0],
                json -> chosen(json, choices),
                json -> JsonText.describe(json) + reading(json, form));
    }

    /**
     * Text, or a number where it may be one, that a value type can parse; {@code standIn} keeps the reading going after
     * a problem.
     */
    public <T> Value<T> parsed(String allowed, T standIn, Notation<T> notation) {
        return notation.mayBeNumber()
                ? parsed(
                        new ValueForm.TextOrNumber(notation.form()),
                        allowed,
                        standIn,
                        notation,
                        JsonText::stringOrNumber)
                : parsed(new ValueForm.Text(notation.form()), allowed, standIn, notation, JsonText::string);
    }

    private <T> Value<T> parsed(
            ValueForm form,
            String allowed,
            T standIn,
            Notation<T> notation,
            Function<JsonElement, Optional<String>> text) {
        var item = Items.of(allowed, json -> text.apply(json).flatMap(notation::parse))
                .because(json -> text.apply(json).filter(JsonText::isShown).flatMap(notation::flaw));
        return value(form, allowed, standIn, item.read(), json -> item.refused(json) + reading(json, form));
    }

    /**
     * A list of texts that all match, none twice; {@code allowed} says what one item is. One that is refused is read as
     * no text: the others keep their places, so that what is wrong with those can be told at once.
     */
    public Value<List<String>> texts(Pattern form, String allowed) {
        return list(new ValueForm.Text(form), matchingItems(form, allowed));
    }

    /** The same, where the notation can say why a text is none. */
    public Value<List<String>> texts(Notation<String> notation, String allowed) {
        return parsedItemsInPlace(allowed, notation, "");
    }

    /** A list of names, as {@link #texts}. */
    public Value<List<String>> names(String allowed) {
        return texts(Forms.LABEL, allowed);
    }

    /** As {@link #names}, at least one: see {@link #someTexts}. */
    public Value<List<String>> someNames(String allowed, String instead) {
        return someTexts(Forms.LABEL, allowed, instead);
    }

    /**
     * As {@link #texts}, at least one: an empty list would mean what holds without the key, which nobody means by it.
     *
     * @param instead what to do in place of an empty list
     */
    public Value<List<String>> someTexts(Pattern form, String allowed, String instead) {
        return some(new ValueForm.Text(form), matchingItems(form, allowed), json -> orInstead(json, instead));
    }

    /** The same, where the notation can say why a text is none. */
    public Value<List<String>> someTexts(Notation<String> notation, String allowed, String instead) {
        return some(
                new ValueForm.Text(notation.form()),
                parsed(allowed, notation).orElse(""),
                json -> orInstead(json, instead));
    }

    private static String orInstead(JsonElement json, String instead) {
        return JsonText.describe(json) + (JsonText.isEmptyList(json) ? "; " + instead : "");
    }

    /** A list of texts that a value type can parse, none meaning the same; {@code allowed} says what one item is. */
    public <T> Value<List<T>> parsedItems(String allowed, Notation<T> notation) {
        return list(new ValueForm.Text(notation.form()), parsed(allowed, notation));
    }

    /** The same; {@code standIn} is read in place of one that is refused, as {@link #texts} has it. */
    public <T> Value<List<T>> parsedItemsInPlace(String allowed, Notation<T> notation, T standIn) {
        return list(
                new ValueForm.Text(notation.form()), parsed(allowed, notation).orElse(standIn));
    }

    private static <T> Items<T> parsed(String allowed, Notation<T> notation) {
        return Items.of(allowed, json -> JsonText.string(json).flatMap(notation::parse))
                .because(json ->
                        JsonText.anyString(json).filter(JsonText::isShown).flatMap(notation::flaw));
    }

    /**
     * A list of objects that somebody else reads, at least one; one that is refused is read as an empty object.
     *
     * @param allowed what one item is
     * @param flaw why what is written is none, if it can be said; it must show nothing that may be a secret
     */
    public Value<List<JsonObject>> objects(String allowed, Function<JsonElement, Optional<String>> flaw) {
        var items = Items.of(allowed, JsonText::object)
                .shown(JsonText::describeHidden)
                .because(flaw)
                .orElse(new JsonObject());
        return some(new ValueForm.Foreign(), items, items::refused);
    }

    /** A list of an enum's constants, none twice. */
    public <E extends Enum<E>> Value<List<E>> choices(Class<E> type) {
        var choices = choicesOf(type);
        return list(
                new ValueForm.Choice(List.copyOf(choices.keySet())),
                Items.of(oneOf(choices), json -> chosen(json, choices)));
    }

    /** An object of texts whose names and values match; the words say what does. */
    public Value<Map<String, String>> map(
            String allowed, Pattern names, String nameWords, Pattern values, String valueWords) {
        BiFunction<Place, JsonElement, String> refusal = (at, json) -> "must be " + valueWords + ", got "
                + refused(json, values)
                + YamlReading.of(json, at.written(), new ValueForm.Text(values));
        return value(
                new ValueForm.Entries(names, new ValueForm.Text(values)),
                allowed,
                Map.of(),
                json -> entries(json, names, nameWords, element -> matching(element, values), refusal),
                JsonText::describe);
    }

    /** An object whose names match and whose values are keys of secrets. */
    public Value<Map<String, String>> secretKeys(String allowed, Pattern names, String nameWords) {
        BiFunction<Place, JsonElement, String> refusal =
                (at, json) -> "must be " + Forms.SECRET_KEY_WORDS + ", got " + refusedSecretName(json);
        return value(
                new ValueForm.Entries(names, new ValueForm.Text(Forms.SECRET_KEY)),
                allowed,
                Map.of(),
                json -> entries(json, names, nameWords, Field::secretName, refusal),
                JsonText::describeHidden);
    }

    /** The secret itself may have the form of a name as well. */
    private static Optional<String> secretName(JsonElement json) {
        return matching(json, Forms.SECRET_KEY)
                .filter(name -> SecretForms.inName(name).isEmpty());
    }

    private static String refusedSecretName(JsonElement json) {
        return JsonText.describeHidden(json)
                + JsonText.string(json)
                        .flatMap(SecretForms::inName)
                        .map(sign -> "; what stands there " + sign
                                + ": take it out of the file, and make a new one, as " + "this one may have been read")
                        .orElse("");
    }

    private Optional<Map<String, String>> entries(
            JsonElement json,
            Pattern names,
            String nameWords,
            Function<JsonElement, Optional<String>> values,
            BiFunction<Place, JsonElement, String> refusal) {
        if (!json.isJsonObject()) {
            return Optional.empty();
        }
        var entries = new LinkedHashMap<String, String>();
        json.getAsJsonObject().asMap().forEach((name, element) -> {
            var value = values.apply(element);
            if (!names.matcher(name).matches()) {
                place.add(name, "its name must be " + nameWords);
            } else if (value.isEmpty()) {
                place.add(name, refusal.apply(place.at(name), element));
            } else {
                entries.put(name, value.get());
            }
        });
        return entries.size() == json.getAsJsonObject().size() ? Optional.of(entries) : Optional.empty();
    }

    private <T> Value<List<T>> list(ValueForm item, Items<T> items) {
        return value(
                new ValueForm.Items(item, true),
                "a list, each item " + items.allowed(),
                List.of(),
                json -> json.isJsonArray() ? items.read(json.getAsJsonArray(), place, item) : Optional.empty(),
                JsonText::describe);
    }

    private <T> Value<List<T>> some(ValueForm item, Items<T> items, Function<JsonElement, String> shown) {
        return value(
                new ValueForm.Items(item, false),
                SOME + items.allowed(),
                List.of(),
                json -> json.isJsonArray() && !JsonText.isEmptyList(json)
                        ? items.read(json.getAsJsonArray(), place, item)
                        : Optional.empty(),
                shown);
    }

    private <T> Value<T> value(
            ValueForm form,
            String allowed,
            T standIn,
            Function<JsonElement, Optional<T>> read,
            Function<JsonElement, String> shown) {
        var value = element.flatMap(read);
        if (element.isPresent() && value.isEmpty() && !place.isInDoubt()) {
            place.add("must be " + allowed + ", got " + shown.apply(element.get()));
        } else if (value.isPresent()) {
            place.written()
                    .flatMap(written -> YamlReading.doubt(element.get(), written))
                    .ifPresent(place::warn);
        }
        return new Value<>(value, element.isPresent(), standIn, form, allowed);
    }

    /** What YAML makes of the value; not for what may be a secret, which it shows. */
    private String reading(JsonElement json, ValueForm form) {
        return YamlReading.of(json, place.written(), form);
    }

    private static Optional<String> matching(JsonElement json, Pattern form) {
        return JsonText.string(json).filter(text -> form.matcher(text).matches());
    }

    private static Items<String> matchingItems(Pattern form, String allowed) {
        return Items.of(allowed, json -> matching(json, form))
                .shown(json -> refused(json, form))
                .orElse("");
    }

    /** What was written, and why it is none. */
    private static String refused(JsonElement json, Pattern form) {
        return JsonText.describe(json)
                + JsonText.string(json)
                        .filter(JsonText::isShown)
                        .flatMap(text -> FormFlaw.of(text, form))
                        .map("; "::concat)
                        .orElse("");
    }

    private static <E extends Enum<E>> Map<String, E> choicesOf(Class<E> type) {
        var choices = new LinkedHashMap<String, E>();
        Arrays.stream(type.getEnumConstants()).forEach(constant -> choices.put(Spelling.of(constant), constant));
        return choices;
    }

    private static String oneOf(Map<String, ?> choices) {
        return "one of " + String.join(", ", choices.keySet());
    }

    private static <E> Optional<E> chosen(JsonElement json, Map<String, E> choices) {
        return JsonText.string(json).map(text -> choices.get(text.toLowerCase(Locale.ROOT)));
    }

    /** What was read, still to be told whether the key may be left out. */
    public final class Value<T> {
        private final Optional<T> value;
        private final boolean present;
        private final T standIn;
        private final ValueForm form;
        private final String allowed;

        private Value(Optional<T> value, boolean present, T standIn, ValueForm form, String allowed) {
            this.value = value;
            this.present = present;
            this.standIn = standIn;
            this.form = form;
            this.allowed = allowed;
        }

        /** The value; a key that is left out is a problem, unless the object that it belongs to is none. */
        public T required() {
            reference.add(new KeyReference.Key(pattern, form, allowed, KeyReference.REQUIRED, doc));
            if (!present && !section.isRefused()) {
                place.add("is missing; it must be " + allowed);
            }
            return value.orElse(standIn);
        }

        /**
         * As {@link #required}, unless another key takes its place, with which this one may not be there.
         *
         * @param isReplaced whether that other key is there
         */
        public T requiredWithout(String other, boolean isReplaced) {
            reference.add(new KeyReference.Key(pattern, form, allowed, KeyReference.requiredWithout(other), doc));
            if (!present && !isReplaced && !section.isRefused()) {
                place.add("is missing; it must be " + allowed);
            }
            return value.orElse(standIn);
        }

        public T orElse(T fallback) {
            return orElse(fallback, shown(fallback));
        }

        /** The value, or the fallback, which the reference of keys describes in words. */
        public T orElse(T fallback, String described) {
            reference.add(new KeyReference.Key(pattern, form, allowed, described, doc));
            return value.orElse(fallback);
        }

        /** The value, if the key is there; {@code otherwise} says in the reference what holds if it is not. */
        public Optional<T> optional(String otherwise) {
            reference.add(new KeyReference.Key(pattern, form, allowed, otherwise, doc));
            return value;
        }

        private String shown(T fallback) {
            if (fallback instanceof Enum<?> constant) {
                return "`" + Spelling.of(constant) + "`";
            }
            return fallback instanceof List<?> list && list.isEmpty()
                            || fallback instanceof Map<?, ?> map && map.isEmpty()
                    ? "none"
                    : "`" + fallback + "`";
        }
    }
}
