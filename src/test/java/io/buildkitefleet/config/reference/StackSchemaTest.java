package io.buildkitefleet.config.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.config.read.KeyReference;
import io.buildkitefleet.config.read.Problems;
import io.buildkitefleet.config.read.ValueForm;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.OtherValues;
import io.buildkitefleet.testing.StackValue;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the schema for editors to the reader, in both directions. */
class StackSchemaTest {
    private static final KeyReference REFERENCE = FleetConfigReader.reference();
    private static final JsonObject SCHEMA = StackSchema.of(REFERENCE);
    private static final Map<String, ValueForm> FORMS =
            REFERENCE.keys().stream().collect(Collectors.toMap(KeyReference.Key::path, KeyReference.Key::form));
    private static final List<JsonElement> ODD = Stream.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "2.0",
                    "2.5",
                    "1e400",
                    "\"\"",
                    "\"SPOT\"",
                    "\"None\"",
                    "\"2\"",
                    "\"1e3\"",
                    "\"True\"",
                    "\"4G\"",
                    "\"a\"",
                    "\"512Mi\"",
                    "\"0.0.0.0/0\"",
                    "\"05:30\"",
                    "\"2027-06-30\"",
                    "\"2027-12-20T00:00:00Z\"",
                    "[]",
                    "[\"a\", \"b\"]",
                    "[\"A\"]",
                    "[null]",
                    "[{}]",
                    "{}",
                    "{\"a\": \"b\"}")
            .map(JsonParser::parseString)
            .toList();

    private final Validator validator = new ValidatorFactory()
            .withJsonNodeFactory(new GsonNode.Factory())
            .withDialect(new Dialects.Draft7Dialect())
            .createValidator();
    private final URI schema = validator.registerSchema(SCHEMA.toString());

    @Test
    void theFileForEditorsIsWhatTheReaderHas() {
        Golden.of(Path.of("docs", "schema", "pulumi-stack.json")).matches(StackSchema.text(REFERENCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "local"})
    void ourOwnStacksMatch(String name) throws IOException {
        var text = Files.readString(Path.of("Pulumi." + name + ".yaml"));

        assertThat(errors(Stacks.ofYaml(name, text))).isEmpty();
    }

    @Test
    void theLargestAndTheSmallestStackMatch() {
        assertThat(errors(Stacks.full())).isEmpty();
        assertThat(errors(Stacks.minimal())).isEmpty();
    }

    static List<StackValue> values() {
        return StackValue.of(Stacks.full());
    }

    @ParameterizedTest
    @MethodSource("values")
    void whateverTheReaderTakesMatches(StackValue value) {
        for (var odd : ODD) {
            var stack = Stacks.full().with(value.path(), odd);
            if (isTaken(stack)) {
                assertThat(errors(stack)).as("%s: %s", value.path(), odd).isEmpty();
            }
        }
    }

    @Test
    void everyOtherValueThatTheReaderTakesMatches() {
        var changes = OtherValues.ofFullStack();

        assertThat(changes.size()).isGreaterThan(100);
        assertThat(changes)
                .allSatisfy(change ->
                        assertThat(errors(change.after())).as(change.path()).isEmpty());
    }

    @Test
    void whatMayBeLeftOutMayAlsoHaveNothingBehindIt() {
        var keys = REFERENCE.keys().stream()
                .filter(key -> !key.isRequired())
                .map(KeyReference.Key::path)
                .toList();

        assertThat(values().stream().filter(value -> keys.contains(value.key())))
                .allSatisfy(value -> assertThat(errors(Stacks.full().with(value.path(), "null")))
                        .as(value.path())
                        .isEmpty());
    }

    /** Neither its form nor its bounds may be missing. */
    @ParameterizedTest
    @MethodSource("values")
    void whatIsOutOfTheFormOfAKeyDoesNotMatch(StackValue value) {
        assertThat(outside(FORMS.get(value.key()))).isNotEmpty().allSatisfy(json -> {
            var stack = Stacks.full().with(value.path(), json);
            assertThat(isTaken(stack))
                    .as("the reader takes %s at %s", json, value.path())
                    .isFalse();
            assertThat(errors(stack)).as("%s: %s", value.path(), json).isNotEmpty();
        });
    }

    private static List<JsonElement> outside(ValueForm form) {
        if (form instanceof ValueForm.Whole whole) {
            return List.of(
                    new JsonPrimitive(whole.least() - 1L),
                    new JsonPrimitive(whole.most() + 1L),
                    new JsonPrimitive(whole.least() + 0.5),
                    new JsonPrimitive("0" + whole.least()),
                    new JsonPrimitive("1" + whole.most()));
        }
        if (form instanceof ValueForm.Items items) {
            return Stream.concat(
                            Stream.of(new JsonObject()),
                            outside(items.item()).stream().map(StackSchemaTest::listOf))
                    .toList();
        }
        if (form instanceof ValueForm.Entries entries) {
            return Stream.concat(
                            Stream.of(new JsonArray(), entry("no name", new JsonPrimitive("x"))),
                            outside(entries.value()).stream().map(json -> entry("NAME", json)))
                    .toList();
        }
        if (form instanceof ValueForm.Foreign) {
            return List.of(new JsonPrimitive("text"));
        }
        return form instanceof ValueForm.Flag
                ? List.of(new JsonPrimitive("yes"), new JsonPrimitive(1))
                : List.of(new JsonPrimitive("§ \n §"), new JsonPrimitive(true), new JsonObject());
    }

    private static JsonElement listOf(JsonElement item) {
        var list = new JsonArray();
        list.add(item);
        return list;
    }

    private static JsonElement entry(String name, JsonElement value) {
        var object = new JsonObject();
        object.add(name, value);
        return object;
    }

    @Test
    void aKeyThatNobodyReadsDoesNotMatch() {
        assertThat(errors(Stacks.full().with("pools.big.maximum", "3"))).isNotEmpty();
        assertThat(errors(Stacks.full().with("poolz", "{}"))).isNotEmpty();
        assertThat(errors(Stacks.full().withKey("gcp:projet", "acme"))).isNotEmpty();
    }

    @Test
    void aKeyThatMayNotBeLeftOutIsAskedFor() {
        var required = REFERENCE.keys().stream()
                .filter(KeyReference.Key::isRequired)
                .map(KeyReference.Key::path)
                .toList();

        assertThat(values().stream().filter(value -> required.contains(value.key())))
                .isNotEmpty()
                .allSatisfy(value -> assertThat(errors(Stacks.full().without(value.path())))
                        .as(value.path())
                        .isNotEmpty());
    }

    @Test
    void whatIsTakenFromAnotherFileIsNotAskedFor() {
        var stack = Stacks.minimal()
                .with("extends", "Pulumi.base.yaml")
                .without("region")
                .without("pools.big.machineType");

        assertThat(errors(stack)).isEmpty();
        assertThat(errors(stack.without("extends"))).hasSizeGreaterThan(1);
    }

    /** docs/configuration.md says that a null takes away what the other file says. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pools.big",
                "queues.small",
                "namespaces.apps",
                "labels.owner",
                "queues.big.tags.os",
                "queues.big.secrets.NPM_TOKEN",
                "queues.big.warm.pip"
            })
    void nothingBehindANameIsTakenWhereAFileIsExtended(String path) {
        var stack = Stacks.full().with(path, "null");

        assertThat(errors(stack.with("extends", "Pulumi.base.yaml"))).isEmpty();
        assertThat(isTaken(stack)).isFalse();
        assertThat(errors(stack)).isNotEmpty();
    }

    @Test
    void everyKeyWithNamesOfOnesOwnMayHaveNothingBehindThem() {
        var named = REFERENCE.keys().stream()
                .filter(key -> key.form() instanceof ValueForm.Entries)
                .map(KeyReference.Key::path)
                .toList();

        assertThat(values().stream().filter(value -> named.contains(value.key())))
                .hasSizeGreaterThanOrEqualTo(named.size())
                .allSatisfy(value -> assertThat(errors(Stacks.full()
                                .with("extends", "Pulumi.base.yaml")
                                .with(value.path() + "." + firstName(value.json()), "null")))
                        .as(value.path())
                        .isEmpty());
    }

    private static String firstName(JsonElement entries) {
        return entries.getAsJsonObject().keySet().iterator().next();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gcp:impersonateServiceAccount | \"fleet-up@acme-ci-dev.iam.gserviceaccount.com\" | \"foo\"",
                "gcp:defaultLabels | {\"owner\": \"platform\"} | {\"owner\": 1}"
            })
    void aSettingOfGooglesProviderThatTheFleetReadsHasItsForm(String key, String right, String wrong) {
        assertThat(errors(file(key, right))).isEmpty();
        assertThat(errors(file(key, "{\"secure\": \"AAABAExample\"}"))).isEmpty();
        assertThat(errors(file(key, wrong))).isNotEmpty();
        assertThat(isTaken(Stacks.minimal().withKey(key, wrong.replace("\"foo\"", "foo"))))
                .isFalse();
    }

    private static String file(String key, String json) {
        var config = new JsonObject();
        config.add(Stacks.FLEET, Stacks.minimal().fleet());
        config.add(key, JsonParser.parseString(json));
        var file = new JsonObject();
        file.add("config", config);
        return file.toString();
    }

    @Test
    void theFleetIsAskedForUnlessAnEnvironmentMayHaveIt() {
        assertThat(errors("{\"config\": {}}")).isNotEmpty();
        assertThat(errors("{}")).isNotEmpty();
        assertThat(errors("{\"environment\": [\"acme/ci\"]}")).isEmpty();
    }

    private static boolean isTaken(Stacks stack) {
        var problems = new Problems(stack);
        FleetConfigReader.read(stack, problems);
        return problems.found().isEmpty();
    }

    private List<String> errors(Stacks stack) {
        var config = new JsonObject();
        stack.keys().stream()
                .filter(key -> !stack.isSecret(key))
                .forEach(key -> config.add(
                        key,
                        key.equals(Stacks.FLEET)
                                ? stack.fleet()
                                : new JsonPrimitive(stack.get(key).orElseThrow())));
        var file = new JsonObject();
        file.add("config", config);
        return errors(file.toString());
    }

    private List<String> errors(String file) {
        return validator.validate(schema, file).getErrors().stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getError())
                .toList();
    }
}
