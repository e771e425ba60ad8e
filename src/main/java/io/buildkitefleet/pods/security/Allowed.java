package io.buildkitefleet.pods.security;

import com.google.gson.JsonElement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * What may stand in a field.
 *
 * @param words for a person
 * @param shape the type of the field
 * @param nothing whether nothing may, too
 * @param values which values of that type
 */
record Allowed(String words, Shape shape, boolean nothing, Predicate<JsonElement> values) {
    private static Allowed of(String words, Shape shape, Predicate<JsonElement> values) {
        return new Allowed(words, shape, false, values);
    }

    boolean allows(PodField field) {
        if (isMalformed(field)) {
            return false;
        }
        return field.isAbsent() ? nothing : values.test(field.value());
    }

    /** Whether it is of another type than the field. */
    boolean isMalformed(PodField field) {
        return field.misshapen() || !shape.fits(field.value());
    }

    /** The same, and nothing. */
    Allowed orNothing() {
        return new Allowed(words + " or nothing", shape, true, values);
    }

    static Allowed nothing(String words, Shape shape) {
        return new Allowed(words, shape, true, value -> false);
    }

    /** Whatever is of a type. */
    static Allowed any(String words, Shape shape) {
        return new Allowed(words, shape, true, value -> true);
    }

    static Allowed flag(boolean flag) {
        return of(String.valueOf(flag), Shape.FLAG, value -> value.getAsBoolean() == flag);
    }

    static Allowed text(String... texts) {
        return text(List.of(texts));
    }

    static Allowed text(Collection<String> texts) {
        return of(listed(texts), Shape.TEXT, value -> texts.contains(value.getAsString()));
    }

    /** One of some texts, or one that begins so. */
    static Allowed textOrBeginningWith(String beginning, String... texts) {
        var exact = text(texts);
        return of(
                exact.words + " or " + beginning + "*",
                Shape.TEXT,
                value -> exact.values.test(value) || value.getAsString().startsWith(beginning));
    }

    static Allowed emptyText() {
        return of("an empty text", Shape.TEXT, value -> value.getAsString().isEmpty());
    }

    static Allowed zero() {
        return of("0", Shape.WHOLE_NUMBER, value -> value.getAsBigDecimal().signum() == 0);
    }

    static Allowed anyButZero() {
        return of(
                "another number than 0",
                Shape.WHOLE_NUMBER,
                value -> value.getAsBigDecimal().signum() != 0);
    }

    /** A list in which nothing else is. */
    static Allowed listOf(Collection<String> texts) {
        return of(listed(texts), Shape.TEXTS, value -> value.getAsJsonArray().asList().stream()
                .allMatch(item -> texts.contains(item.getAsString())));
    }

    /** A list in which one is. */
    static Allowed listWith(String text) {
        return of("a list with " + text, Shape.TEXTS, value -> value.getAsJsonArray().asList().stream()
                .anyMatch(item -> item.getAsString().equals(text)));
    }

    private static String listed(Collection<String> texts) {
        var sorted = texts.stream().filter(text -> !text.isEmpty()).sorted().toArray(String[]::new);
        var most = sorted.length - 1;
        return most < 1
                ? String.join("", sorted)
                : String.join(", ", Arrays.copyOf(sorted, most)) + " or " + sorted[most];
    }
}
