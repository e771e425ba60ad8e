package io.buildkitefleet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written as YAML reads as it was. */
class KubernetesYamlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "~",
                "null",
                "Yes",
                "n",
                "off",
                "1e3",
                "0x1F",
                "0o17",
                "017",
                "1:30",
                "1_000",
                ".5",
                "2026-11-29",
                "<<",
                "=",
                "- a",
                "a: b",
                "a #b",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "{a}",
                "[a]",
                "'a",
                "\"a",
                "a\\b",
                "a\nb",
                "a\nb\n",
                "\na",
                "a \nb",
                "a\n\n\n",
                "\ta",
                "a\tb\n",
                "a\r\nb",
                "é",
                "\u0000",
                "\u0007",
                "\u2028",
                "---",
                "...",
                "true",
                "TRUE",
                "NaN",
                ".inf",
                "12",
                "12Mi",
                "100m"
            })
    void aTextStaysText(String text) {
        var object = new JsonObject();
        object.addProperty(text, text);
        assertThat(Json.parse(KubernetesYaml.of(object))).isEqualTo(object);
    }

    /** Other readers than the one of this test take these for something else. */
    @ParameterizedTest
    @ValueSource(strings = {"1e3", "y", "12:30:45", "0o17", "NaN", "2026-11-29T10:00:00Z", "+1", "1.", "1_0"})
    void aTextThatSomeReaderMistakesHasQuotes(String text) {
        var object = new JsonObject();
        object.addProperty("key", text);
        assertThat(KubernetesYaml.of(object)).isEqualTo("key: \"" + text + "\"\n");
    }

    @Test
    void numbersFlagsAndNothingStayWhatTheyAre() {
        var object = new JsonObject();
        object.addProperty("count", 3.0);
        object.addProperty("long", 9007199254740993L);
        object.addProperty("share", 0.5);
        object.addProperty("on", true);
        object.add("none", JsonNull.INSTANCE);
        object.add("list", new JsonArray());
        object.add("object", new JsonObject());
        assertThat(KubernetesYaml.of(object)).isEqualTo("""
                count: 3
                list: []
                long: 9007199254740993
                none: null
                object: {}
                "on": true
                share: 0.5
                """);
    }

    @Test
    void whatSaysWhichObjectItIsComesFirst() {
        var object = Json.parse("{spec: {}, metadata: {name: a}, kind: Pod, apiVersion: v1}")
                .getAsJsonObject();
        assertThat(KubernetesYaml.of(object)).isEqualTo("""
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                spec: {}
                """);
    }
}
