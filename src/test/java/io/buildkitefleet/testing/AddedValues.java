package io.buildkitefleet.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.testing.OtherValues.Change;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a key does that was not there: each value of the full stack in the minimal one, which has nothing beside it that
 * does the same already, and the full stack without it.
 */
public final class AddedValues {
    /** The pool and the queue of the minimal stack. */
    private static final Pattern NAME = Pattern.compile("^(pools|queues)\\.[^.]+");

    private static final String ONLY_NAME = "$1.big";

    private static final Stacks MINIMAL = Stacks.minimal();

    private AddedValues() {}

    /** A value that is refused without others is taken away from the full stack alone, if it may be. */
    public static List<Change> ofFullStack() {
        var changes = new ArrayList<Change>();
        var others = new OtherValues();
        var minimal = new HashSet<JsonObject>();
        for (var value : StackValue.of(Stacks.full())) {
            alternatives(value.json())
                    .flatMap(json -> toMinimal(value, json).stream())
                    .filter(change -> minimal.add(change.after().fleet()))
                    .forEach(changes::add);
            away(value, others.around(value.path())).ifPresent(changes::add);
        }
        return changes;
    }

    /** A value, and of a list each item alone. */
    private static Stream<JsonElement> alternatives(JsonElement json) {
        return json instanceof JsonArray list && list.size() > 1
                ? Stream.concat(Stream.of(json), list.asList().stream().map(AddedValues::listOf))
                : Stream.of(json);
    }

    private static JsonArray listOf(JsonElement item) {
        var list = new JsonArray();
        list.add(item);
        return list;
    }

    private static Optional<Change> toMinimal(StackValue value, JsonElement json) {
        var path = NAME.matcher(value.path()).replaceFirst(ONLY_NAME);
        return isBelowList(path) ? Optional.empty() : valid(value, MINIMAL, MINIMAL.with(path, json));
    }

    private static Optional<Change> away(StackValue value, Stacks full) {
        return isBelowList(value.path()) || !StackValue.of(full).contains(value)
                ? Optional.empty()
                : valid(value, OtherValues.withItsSecrets(full.without(value.path())), full);
    }

    private static boolean isBelowList(String path) {
        return path.matches(".*\\.\\d+\\..*");
    }

    private static Optional<Change> valid(StackValue value, Stacks before, Stacks after) {
        var change = new Change(value.key(), value.path(), before, OtherValues.withItsSecrets(after));
        return Stream.of(change.before(), change.after())
                        .allMatch(stack -> BadStack.problems(stack).isEmpty())
                ? Optional.of(change)
                : Optional.empty();
    }
}
