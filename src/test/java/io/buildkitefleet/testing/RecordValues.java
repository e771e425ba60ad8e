package io.buildkitefleet.testing;

import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the components of the records in a value hold, by {@code Record.component}, wherever in it the records are. */
public final class RecordValues {
    private static final Set<Object> NOTHING = Set.of(Optional.empty(), List.of(), Map.of());

    private final Map<String, Set<Object>> values = new TreeMap<>();

    private RecordValues() {}

    /** Of the records of one package, those of others being values. */
    public static RecordValues of(Record root) {
        var found = new RecordValues();
        found.collect(root, root.getClass().getPackageName());
        return found;
    }

    public Stream<String> components() {
        return values.keySet().stream();
    }

    /** Whether a component holds something somewhere that it holds nowhere in the other value. */
    public boolean hasOtherThan(String component, RecordValues other) {
        return values.get(component).stream()
                .filter(value -> !NOTHING.contains(value))
                .anyMatch(
                        value -> !other.values.getOrDefault(component, Set.of()).contains(value));
    }

    private void collect(Object value, String ofPackage) {
        if (value instanceof Record record && record.getClass().getPackageName().equals(ofPackage)) {
            for (var component : record.getClass().getRecordComponents()) {
                var held = held(record, component);
                values.computeIfAbsent(name(component), name -> new HashSet<>()).add(held);
                collect(held, ofPackage);
            }
        } else if (value instanceof Iterable<?> items) {
            items.forEach(item -> collect(item, ofPackage));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> collect(item, ofPackage));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(item -> collect(item, ofPackage));
        }
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    private static Object held(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
