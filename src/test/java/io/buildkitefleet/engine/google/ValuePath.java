package io.buildkitefleet.engine.google;

import com.google.protobuf.Value;
import io.buildkitefleet.engine.provider.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A place in a resource, as Pulumi writes it: {@code nodeConfig.labels["a.b"]}, {@code taints[0].key}.
 *
 * @param steps names, and numbers of a list's items; {@code +} is behind the last one
 */
record ValuePath(List<String> steps) {
    private static final Pattern STEP = Pattern.compile("\\[\"([^\"]+)\"]|\\[(\\d+|\\+)]|([^.\\[\\]]+)");

    static final String APPENDED = "+";

    static ValuePath of(String text) {
        return new ValuePath(STEP.matcher(text).results().map(ValuePath::name).toList());
    }

    private static String name(MatchResult step) {
        return Stream.of(1, 2, 3)
                .map(step::group)
                .filter(group -> group != null)
                .findFirst()
                .orElseThrow();
    }

    /** What stands there, unless it is null. */
    Optional<Value> in(Value root) {
        var value = root;
        for (var step : steps) {
            value = value.hasListValue() ? item(value, step) : Values.field(value, step);
        }
        return Optional.of(value).filter(found -> !Values.isNull(found));
    }

    private static Value item(Value list, String number) {
        var index = Integer.parseInt(number);
        return index < list.getListValue().getValuesCount()
                ? list.getListValue().getValues(index)
                : Value.getDefaultInstance();
    }

    /**
     * Puts a value there if nothing stands there yet and its parent does; in a list, into each item.
     *
     * @return the root with it
     */
    Value putInto(Value root, Value value) {
        return put(root, steps, value);
    }

    private static Value put(Value at, List<String> steps, Value value) {
        if (at.hasListValue()) {
            var items = at.getListValue().getValuesList();
            return Values.of(
                    steps.equals(List.of(APPENDED))
                            ? Stream.concat(items.stream(), Stream.of(value)).toList()
                            : items.stream()
                                    .map(item -> put(item, steps, value))
                                    .toList());
        }
        if (!at.hasStructValue()) {
            return at;
        }
        var name = steps.get(0);
        var inside = Values.field(at, name);
        if (steps.size() > 1) {
            return Values.isNull(inside)
                    ? at
                    : Values.with(at, name, put(inside, steps.subList(1, steps.size()), value));
        }
        return Values.isNull(inside) ? Values.with(at, name, value) : at;
    }
}
