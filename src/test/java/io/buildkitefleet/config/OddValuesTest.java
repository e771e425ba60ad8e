package io.buildkitefleet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.buildkitefleet.config.read.ConfigException;
import io.buildkitefleet.config.read.Problem;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.BadStack;
import io.buildkitefleet.testing.Stacks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every place of the full stack, with values there that nobody would write on purpose. */
class OddValuesTest {
    /** What signs is held against what verifies, which takes longer than all else and concerns no other place. */
    private static final String SIGNING = "signing";

    private static final Stacks UNSIGNED = Stacks.full().without(SIGNING).withoutKey(Stacks.NAMESPACE + "signingKey");

    @ParameterizedTest
    @MethodSource("paths")
    void oneMistakeIsOneProblemAndItsPlaceIsNamed(String path) {
        var place = Stacks.FLEET + "." + path.replaceAll("\\.(\\d+)", "[$1]");

        assertThat(BadStack.problems(Stacks.full().with(path, "\"ture !\"")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo(place));
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noValueEndsTheReadingUntidily(String path) {
        var stack = path.startsWith(SIGNING) ? Stacks.full() : UNSIGNED;
        for (var odd : oddValues()) {
            assertReadOrRefused(stack.with(path, odd));
        }
    }

    /** Otherwise what is read would be all that is tried. */
    @Test
    void withoutSigningTheStackIsStillWhole() {
        assertThat(BadStack.problems(UNSIGNED)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void noKeyMayBeMissedUntidily(String path) {
        if (path.matches(".*\\.\\d+")) {
            assertReadOrRefused(Stacks.full().with(path, "null"));
        } else {
            assertReadOrRefused(Stacks.full().without(path));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[", "{", "{}", "[]", "\"\"", "1e999", "NaN", "{\"a\":1,\"a\":2}", "\u0000"})
    void noTextOfTheFleetEndsTheReadingUntidily(String text) {
        assertThat(BadStack.problems(Stacks.minimal().withKey(Stacks.FLEET, text)))
                .isNotEmpty();
    }

    @Test
    void objectsMayBeNestedWithoutEnd() {
        var deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);

        assertThat(BadStack.problems(Stacks.minimal().withKey(Stacks.FLEET, deep)))
                .extracting(Problem::path)
                .contains(Stacks.FLEET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pools", "queues", "labels", "queues.big.tags", "queues.big.secrets"})
    void noNameThatAPersonChoosesEndsTheReadingUntidily(String path) {
        for (var name : List.of("", " ", ".", "a.b", "a[0]", "é", "x".repeat(10_000), "%s", "<name>", "$1", "\n")) {
            var owner = Stacks.full().fleet();
            var changed = owner.deepCopy();
            JsonElement place = changed;
            for (var step : path.split("\\.")) {
                place = place.getAsJsonObject().get(step);
            }
            var object = place.getAsJsonObject();
            object.add(name, object.get(object.keySet().iterator().next()));
            assertReadOrRefused(Stacks.full().withKey(Stacks.FLEET, changed.toString()));
        }
    }

    private static void assertReadOrRefused(Stacks stack) {
        assertThatCode(() -> {
                    try {
                        FleetResolver.resolve(stack);
                    } catch (ConfigException refused) {
                        assertThat(refused.problems()).isNotEmpty();
                    }
                })
                .as(stack.fleet().toString())
                .doesNotThrowAnyException();
    }

    private static List<JsonElement> oddValues() {
        return Stream.of(
                        "null",
                        "true",
                        "0",
                        "-1",
                        "2147483648",
                        "9223372036854775808",
                        "1e400",
                        "1e-400",
                        "1E-2147483648",
                        "0.1",
                        "\"\"",
                        "\" \"",
                        "\"0\"",
                        "\"999999999Ti\"",
                        "\"9999\"",
                        "\"0.0.0.0/0\"",
                        "\"255.255.255.255/32\"",
                        "\"+999999999-12-31T00:00:00Z\"",
                        "\"e2-micro\"",
                        "\"n1-custom-0-0256\"",
                        "\"agentToken\"",
                        "\"" + "a-".repeat(20_000) + "a\"",
                        "[]",
                        "[null]",
                        "[[]]",
                        "[{}]",
                        "[1, \"a\", {}]",
                        "{}",
                        "{\"\": null}",
                        "{\"a\": {\"b\": []}}")
                .map(JsonParser::parseString)
                .toList();
    }

    static List<String> paths() {
        var paths = new ArrayList<String>();
        collect("", Stacks.full().fleet(), paths);
        return paths;
    }

    private static void collect(String path, JsonElement json, List<String> paths) {
        if (!path.isEmpty()) {
            paths.add(path);
        }
        var prefix = path.isEmpty() ? "" : path + ".";
        if (json.isJsonObject()) {
            json.getAsJsonObject().asMap().forEach((key, value) -> collect(prefix + key, value, paths));
        } else if (json.isJsonArray()) {
            var array = json.getAsJsonArray();
            IntStream.range(0, array.size()).forEach(i -> collect(prefix + i, array.get(i), paths));
        }
    }
}
