package io.buildkitefleet.buildkite;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code buildkite-answers.yaml}.
 *
 * @param sources what the first word of a row's source stands for
 */
record StandInAnswers(
        Map<String, String> sources,
        Map<String, Refusal> refusals,
        Map<String, Shape> objects,
        Map<String, Scope> scopes,
        Map<String, Limit> limits) {
    static final StandInAnswers TABLE = read();

    /** @param message in which words in braces are filled in */
    record Refusal(int status, String message, String source) {
        String message(Map<String, ?> words) {
            var text = message;
            for (var word : words.entrySet()) {
                text = text.replace("{" + word.getKey() + "}", word.getValue().toString());
            }
            return text;
        }
    }

    /** @param fields all that an object has */
    record Shape(List<String> fields, String source) {}

    /** @param scope none if every token will do */
    record Scope(String scope, String source) {}

    record Limit(int is, String source) {}

    Refusal refusal(String name) {
        return known(name, refusals.get(name));
    }

    int limit(String name) {
        return known(name, limits.get(name)).is();
    }

    /** The scope that a question needs; none if every token will do. */
    Optional<String> scope(String question) {
        return Optional.ofNullable(known(question, scopes.get(question)).scope());
    }

    /** An object with each field that the documents show: those that were given, and null for all others. */
    Map<String, Object> object(String kind, Map<String, ?> values) {
        var fields = known(kind, objects.get(kind)).fields();
        if (!fields.containsAll(values.keySet())) {
            throw new AssertionError("the documents show no such field of " + kind + ": " + values.keySet());
        }
        var object = new LinkedHashMap<String, Object>();
        fields.forEach(field -> object.put(field, values.get(field)));
        return object;
    }

    private static <T> T known(String name, T row) {
        if (row == null) {
            throw new AssertionError("buildkite-answers.yaml has no row " + name);
        }
        return row;
    }

    private static StandInAnswers read() {
        try {
            JsonElement json =
                    Json.parse(Files.readString(Path.of("src/test/resources/providers/buildkite-answers.yaml")));
            return new Gson().fromJson(json, StandInAnswers.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
