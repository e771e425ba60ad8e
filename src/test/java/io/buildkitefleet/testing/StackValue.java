package io.buildkitefleet.testing;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A value of a stack's configuration.
 *
 * @param path as {@link Stacks#with} takes it: {@code pools.big.max}
 * @param key as the reference of keys has it: {@code pools.<name>.max}
 * @param json one value to the reader: a list of texts counts as one, and so does an object whose keys are a person's
 */
public record StackValue(String path, String key, JsonElement json) {
    private static final Set<String> MAPS =
            Set.of("labels", "queues.<name>.tags", "queues.<name>.secrets", "queues.<name>.warm");

    /** Lists of objects that somebody else wrote, and that are read as they are. */
    private static final Set<String> WHOLE = Set.of("signing.publicKeys");

    private static final Set<String> NAMED = Set.of("pools", "queues", "namespaces");

    /** Every value of a stack, in the order of its file. */
    public static List<StackValue> of(Stacks stack) {
        var values = new ArrayList<StackValue>();
        collect(new StackValue("", "", stack.fleet()), values);
        return values;
    }

    private static void collect(StackValue value, List<StackValue> values) {
        var json = value.json;
        if (json.isJsonObject() && !MAPS.contains(value.key)) {
            json.getAsJsonObject().asMap().forEach((name, below) -> {
                var key = NAMED.contains(value.key) ? "<name>" : name;
                collect(new StackValue(joined(value.path, name), joined(value.key, key), below), values);
            });
        } else if (!WHOLE.contains(value.key)
                && json.isJsonArray()
                && !json.getAsJsonArray().isEmpty()
                && json.getAsJsonArray().get(0).isJsonObject()) {
            var items = json.getAsJsonArray();
            for (int i = 0; i < items.size(); i++) {
                collect(new StackValue(value.path + "." + i, value.key + "[]", items.get(i)), values);
            }
        } else {
            values.add(value);
        }
    }

    private static String joined(String parent, String key) {
        return parent.isEmpty() ? key : parent + "." + key;
    }
}
