package io.buildkitefleet.engine.google;

import io.buildkitefleet.resources.GoogleType;
import io.buildkitefleet.testing.ProviderFields;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The file {@code google-answers.yaml}.
 *
 * @param sources what the first word of a row's source stands for
 * @param byToken the rows of each type
 * @param limitsByToken what is refused of each type
 */
record GoogleTable(
        Map<String, String> sources, Map<String, GoogleAnswers> byToken, Map<String, GoogleLimits> limitsByToken) {
    static final GoogleTable TABLE = read();

    /** As it stands in the file. */
    private record Document(
            Map<String, String> sources,
            Map<String, Object> everywhere,
            Map<String, Map<String, Object>> types,
            Map<String, Map<String, Map<String, String>>> limits) {}

    GoogleAnswers of(String token) {
        return Optional.ofNullable(byToken.get(token))
                .orElseThrow(() -> new AssertionError("google-answers.yaml has nothing for " + token));
    }

    private static GoogleTable read() {
        var document = document();
        var byToken = new TreeMap<String, GoogleAnswers>();
        var limits = new TreeMap<String, GoogleLimits>();
        for (var type : GoogleType.values()) {
            var name = type.terraformName().orElseThrow();
            limits.put(type.token(), GoogleLimits.read(document.limits().getOrDefault(name, Map.of())));
            var rows = document.types().get(name);
            if (rows != null) {
                byToken.put(type.token(), answers(type.token(), document.everywhere(), rows));
            }
        }
        return new GoogleTable(document.sources(), byToken, limits);
    }

    /** A type's own row for a field rules out the one that every type has. */
    private static GoogleAnswers answers(String token, Map<String, Object> everywhere, Map<String, Object> own) {
        var rows = new LinkedHashMap<String, Object>();
        everywhere.forEach((path, row) -> {
            if (ProviderFields.isComputed(token, path)) {
                rows.put(path, row);
            }
        });
        rows.putAll(own);
        var answers = new ArrayList<Answer>();
        rows.forEach((path, row) -> {
            for (var one : row instanceof List<?> several ? several : List.of(row)) {
                answers.add(Answer.read(path, map(one)));
            }
        });
        return new GoogleAnswers(token, List.copyOf(answers));
    }

    private static Document document() {
        var file = "/providers/google-answers.yaml";
        try (var text = new InputStreamReader(GoogleTable.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            return new Document(
                    map(document.get("sources")),
                    map(document.get("everywhere")),
                    map(document.get("types")),
                    map(document.get("limits")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Map<String, T> map(Object value) {
        return (Map<String, T>) value;
    }
}
