package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import io.buildkitefleet.config.ExtendedFleet;
import io.buildkitefleet.config.FleetConfigReader;
import io.buildkitefleet.rules.RuleSet;
import io.buildkitefleet.rules.rule.Rule;
import io.buildkitefleet.testing.AddedValues;
import io.buildkitefleet.testing.Golden;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.OtherValues;
import io.buildkitefleet.testing.OtherValues.Change;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.StackValue;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * No key does nothing: another value of it shows in what is registered or put out, in what the fleet costs, or in what
 * the rules find.
 */
@ExtendWith(PreviewedStacks.Extension.class)
class KeyEffectTest {
    /** The keys that nothing of this can show, or that have one value alone: one a line, with the reason. */
    private static final Path EXCEPTIONS = Path.of("src", "test", "resources", "keys-without-effect.txt");

    private static final Map<String, String> REASONS = exceptions();

    private static final Path NOTES = Path.of("src", "main", "resources", "config", "keys.json");

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .create();

    /** The full stack stands alone, so that tests can take it elsewhere. */
    private static final String EXTENDS_EXAMPLE = ExtendedFleet.EXTENDS + ": Pulumi.base.yaml\n";

    /** Of each key, so many are looked at: others of its values do the same to other pools and queues. */
    private static final int MOST = 3;

    /** Of what is added, it takes more: each item of a list may break another rule. */
    private static final int MOST_ADDED = 6;

    private static final Map<String, List<Change>> CHANGES = OtherValues.ofFullStack().stream()
            .collect(Collectors.groupingBy(Change::key, LinkedHashMap::new, Collectors.toList()));

    private static final Map<String, List<Change>> ADDED = AddedValues.ofFullStack().stream()
            .collect(Collectors.groupingBy(Change::key, LinkedHashMap::new, Collectors.toList()));

    private static final Map<String, Effects> EFFECTS = effects();

    /** The rules that something breaks by a key, and those whose verdict is another by it. */
    private record Verdicts(SortedSet<String> failing, SortedSet<String> changing) {
        static final Verdicts NONE = new Verdicts(new TreeSet<>(), new TreeSet<>());

        static Verdicts of(StackEffects before, StackEffects after) {
            return new Verdicts(before.rulesThatFail(after), before.rulesThatJudge(after));
        }

        Verdicts and(Verdicts other) {
            return new Verdicts(joined(failing, other.failing), joined(changing, other.changing));
        }
    }

    /** What the changes of one key do, all together. */
    private record Effects(
            SortedSet<String> types, boolean cost, boolean waives, SortedSet<String> rules, Verdicts verdicts) {
        static final Effects NONE = of(Verdicts.NONE);

        static Effects of(Verdicts verdicts) {
            return new Effects(new TreeSet<>(), false, false, new TreeSet<>(), verdicts);
        }

        Effects and(Effects other) {
            return new Effects(
                    joined(types, other.types),
                    cost || other.cost,
                    waives || other.waives,
                    joined(rules, other.rules),
                    verdicts.and(other.verdicts));
        }
    }

    private static SortedSet<String> joined(SortedSet<String> some, SortedSet<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Effects> effects() {
        var before = new HashMap<Stacks, StackEffects>();
        var effects = new LinkedHashMap<String, Effects>();
        CHANGES.forEach((key, changes) -> effects.put(
                key,
                changes.stream()
                        .limit(MOST)
                        .map(change -> effects(
                                before.computeIfAbsent(change.before(), StackEffects::new),
                                new StackEffects(change.after())))
                        .reduce(Effects.NONE, Effects::and)));
        ADDED.forEach((key, changes) -> changes.stream()
                .limit(MOST_ADDED)
                .map(change -> Verdicts.of(
                        before.computeIfAbsent(change.before(), StackEffects::new), new StackEffects(change.after())))
                .forEach(verdicts -> effects.merge(key, Effects.of(verdicts), Effects::and)));
        return effects;
    }

    /** What is waived differs with what is found; where nothing else does, the key itself waives. */
    private static Effects effects(StackEffects before, StackEffects after) {
        var types = before.touched(after).stream()
                .filter(type -> !type.startsWith("buildkite-fleet:"))
                .collect(Collectors.toCollection(TreeSet::new));
        var cost = !before.costAsMuchAs(after);
        return new Effects(
                types,
                cost,
                types.isEmpty() && !cost && before.waivesOther(after),
                joined(before.rulesThatDiffer(after), before.rulesThatRead(after)),
                Verdicts.of(before, after));
    }

    @Test
    void everyKeyIsChanged() {
        var exceptions = REASONS.keySet();
        assertThat(keys().filter(key -> !CHANGES.containsKey(key) && !exceptions.contains(key)))
                .as("keys to whose values nothing else is known; add another value in OtherValues")
                .isEmpty();
    }

    @Test
    void everyKeyHasAnEffectOrTheReasonWhyNot() {
        var exceptions = REASONS.keySet();
        var withoutEffect = EFFECTS.keySet().stream()
                .filter(key -> EFFECTS.get(key).equals(Effects.NONE))
                .collect(Collectors.toSet());

        assertThat(withoutEffect.stream().filter(key -> !exceptions.contains(key)))
                .as(
                        "keys that change nothing: let the program read them, or say in %s why it shows nowhere",
                        EXCEPTIONS)
                .isEmpty();
        var unchanged = keys().filter(key -> !CHANGES.containsKey(key)).collect(Collectors.toSet());
        assertThat(exceptions.stream().filter(key -> !withoutEffect.contains(key) && !unchanged.contains(key)))
                .as("lines of %s for keys that have an effect, or that there are not: drop them", EXCEPTIONS)
                .isEmpty();
    }

    private static Stream<String> keys() {
        return StackValue.of(Stacks.full()).stream().map(StackValue::key);
    }

    /** With no more in the stack than the key needs. */
    @ParameterizedTest
    @CsvSource({
        "queues.<name>.secrets, secrets-as-files",
        "checkout.sshKey, secrets-as-files",
        "queues.<name>.can, namespace-pod-security",
        "queues.<name>.debuggers, namespace-pod-security"
    })
    void aRuleThatAKeyBreaksIsAmongThoseThatCanFail(String key, String rule) {
        assertThat(EFFECTS.get(key).verdicts.failing).contains(rule);
    }

    @ParameterizedTest
    @CsvSource({"queues.<name>.debuggers, rbac-shells", "pools.<name>.sandbox, volume-host-path"})
    void aRuleThatAKeyBringsOrTakesAwayIsAmongThoseWithAnotherVerdict(String key, String rule) {
        assertThat(EFFECTS.get(key).verdicts.changing).contains(rule);
    }

    @Test
    void aStackIsTheSameAgain() {
        assertThat(new StackEffects(Stacks.full()).areLike(new StackEffects(Stacks.full())))
                .isTrue();
    }

    /** What ./fleet explain says of each key. A key that is new has the day on which this writes it. */
    @Test
    void theProgramKnowsWhatEachKeyTouches() throws IOException {
        var written = JsonParser.parseString(Files.readString(NOTES)).getAsJsonObject();
        var notes = new JsonObject();
        FleetConfigReader.reference()
                .keys()
                .forEach(key -> notes.add(key.path(), note(key.path(), written.getAsJsonObject(key.path()))));

        Golden.of(NOTES).matches(GSON.toJson(notes) + "\n");
    }

    private static JsonObject note(String key, JsonObject written) {
        var effects = EFFECTS.getOrDefault(key, Effects.NONE);
        var note = new JsonObject();
        note.addProperty(
                "since", written == null ? LocalDate.now(ZoneOffset.UTC).toString() : Json.text(written, "since"));
        note.addProperty("example", example(key));
        note.add("types", GSON.toJsonTree(effects.types));
        note.addProperty("cost", effects.cost);
        note.addProperty("waives", effects.waives);
        without(key).ifPresent(reason -> note.addProperty("without", reason));
        note.add("fails", GSON.toJsonTree(effects.verdicts.failing));
        note.add("rules", GSON.toJsonTree(others(key, effects)));
        return note;
    }

    /**
     * Those that cannot fail by it: first those that say another thing by it, or name it, and then whatever reads it.
     */
    private static List<String> others(String key, Effects effects) {
        return Stream.of(effects.waives ? new TreeSet<String>() : effects.verdicts.changing, named(key), effects.rules)
                .flatMap(SortedSet::stream)
                .filter(rule -> !effects.verdicts.failing.contains(rule))
                .distinct()
                .toList();
    }

    /** The rules that say of a key how to keep them, as in {@code set cluster.securityGroup}. */
    private static SortedSet<String> named(String key) {
        return RuleSet.rules().stream()
                .filter(rule -> Pattern.compile("(?<![\\w.])" + Pattern.quote(key) + "(?![\\w.])")
                        .matcher(rule.mend())
                        .find())
                .filter(rule -> key.contains("."))
                .map(Rule::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How the full stack has it, or the local one, from the fleet down. */
    private static String example(String key) {
        if (key.equals(ExtendedFleet.EXTENDS)) {
            return EXTENDS_EXAMPLE;
        }
        var value = Stream.of(Stacks.full(), Stacks.local())
                .flatMap(stack -> StackValue.of(stack).stream())
                .filter(known -> known.key().equals(key))
                .findFirst()
                .orElseThrow();
        var json = value.json();
        var steps = List.of(value.path().split("\\."));
        for (int i = steps.size() - 1; i >= 0; i--) {
            var step = steps.get(i);
            if (step.matches("\\d+")) {
                var list = new JsonArray();
                list.add(json);
                json = list;
            } else {
                var object = new JsonObject();
                object.add(step, json);
                json = object;
            }
        }
        return yaml(json);
    }

    private static String yaml(JsonElement json) {
        var format = new DumperOptions();
        format.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        format.setIndicatorIndent(2);
        format.setIndentWithIndicator(true);
        format.setWidth(100);
        return new Yaml(format).dump(GSON.fromJson(json, Object.class));
    }

    /** Why a key shows in nothing of a fleet by itself. */
    private static Optional<String> without(String key) {
        return key.equals(ExtendedFleet.EXTENDS)
                ? Optional.of("what the file has that it names does, key by key")
                : Optional.ofNullable(REASONS.get(key));
    }

    private static Map<String, String> exceptions() {
        try {
            return Files.readAllLines(EXCEPTIONS).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> {
                        assertThat(line).as("a line of %s", EXCEPTIONS).matches("\\S+  \\S.*");
                        return line.split("  ", 2);
                    })
                    .collect(Collectors.toMap(line -> line[0], line -> line[1]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
