package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.testing.OtherValues;
import io.buildkitefleet.testing.OtherValues.Change;
import io.buildkitefleet.testing.PreviewedStacks;
import io.buildkitefleet.testing.StackValue;
import io.buildkitefleet.testing.Stacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * No key does nothing: another value of it shows in what is registered or put out, in what the fleet costs, or in what
 * the rules find.
 */
@ExtendWith(PreviewedStacks.Extension.class)
class KeyEffectTest {
    /** The keys that nothing of this can show, or that have one value alone: one a line, with the reason. */
    private static final Path EXCEPTIONS = Path.of("src", "test", "resources", "keys-without-effect.txt");

    private final Map<String, List<Change>> changes = OtherValues.ofFullStack().stream()
            .collect(Collectors.groupingBy(Change::key, LinkedHashMap::new, Collectors.toList()));

    private final Map<Stacks, StackEffects> before = new HashMap<>();

    private record Effects(StackEffects before, StackEffects after) {}

    @Test
    void everyKeyIsChanged() throws IOException {
        var exceptions = exceptions();
        assertThat(keys().filter(key -> !changes.containsKey(key) && !exceptions.contains(key)))
                .as("keys to whose values nothing else is known; add another value in OtherValues")
                .isEmpty();
    }

    @Test
    void everyKeyHasAnEffectOrTheReasonWhyNot() throws IOException {
        var exceptions = exceptions();
        var withoutEffect =
                changes.keySet().stream().filter(this::changesNothing).collect(Collectors.toSet());

        assertThat(withoutEffect.stream().filter(key -> !exceptions.contains(key)))
                .as(
                        "keys that change nothing: let the program read them, or say in %s why it shows nowhere",
                        EXCEPTIONS)
                .isEmpty();
        var unchanged = keys().filter(key -> !changes.containsKey(key)).collect(Collectors.toSet());
        assertThat(exceptions.stream().filter(key -> !withoutEffect.contains(key) && !unchanged.contains(key)))
                .as("lines of %s for keys that have an effect, or that there are not: drop them", EXCEPTIONS)
                .isEmpty();
    }

    private static Stream<String> keys() {
        return StackValue.of(Stacks.full()).stream().map(StackValue::key);
    }

    @Test
    void aStackIsTheSameAgain() {
        assertThat(new StackEffects(Stacks.full()).areLike(new StackEffects(Stacks.full())))
                .isTrue();
    }

    /** What anything costs is known sooner than what is registered, so that is looked at first. */
    private boolean changesNothing(String key) {
        var effects = changes.get(key).stream()
                .map(change -> new Effects(
                        before.computeIfAbsent(change.before(), StackEffects::new), new StackEffects(change.after())))
                .toList();
        return effects.stream().allMatch(change -> change.after().costAsMuchAs(change.before()))
                && effects.stream().allMatch(change -> change.after().areLike(change.before()));
    }

    private static Set<String> exceptions() throws IOException {
        return Files.readAllLines(EXCEPTIONS).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> {
                    assertThat(line).as("a line of %s", EXCEPTIONS).matches("\\S+  \\S.*");
                    return line.substring(0, line.indexOf(' '));
                })
                .collect(Collectors.toSet());
    }
}
