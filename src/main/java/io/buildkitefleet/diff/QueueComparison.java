package io.buildkitefleet.diff;

import io.buildkitefleet.diff.QueueChange.Field;
import io.buildkitefleet.diff.QueueChange.Kind;
import io.buildkitefleet.plan.PlannedQueue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares the summaries of queues. */
final class QueueComparison {
    private final Map<String, PlannedQueue> before;
    private final Map<String, PlannedQueue> after;

    QueueComparison(Map<String, PlannedQueue> before, Map<String, PlannedQueue> after) {
        this.before = before;
        this.after = after;
    }

    /** By queue. */
    List<QueueChange> changes() {
        var changes = new ArrayList<QueueChange>();
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (var name : names) {
            if (!before.containsKey(name)) {
                changes.add(new QueueChange(
                        Kind.NEW, name, fields(Map.of(), after.get(name).fields())));
            } else if (!after.containsKey(name)) {
                changes.add(
                        new QueueChange(Kind.GONE, name, fields(before.get(name).fields(), Map.of())));
            } else {
                var fields = fields(before.get(name).fields(), after.get(name).fields());
                if (!fields.isEmpty()) {
                    changes.add(new QueueChange(Kind.CHANGED, name, fields));
                }
            }
        }
        return changes;
    }

    /** In the order of the summary. */
    private static List<Field> fields(Map<String, String> before, Map<String, String> after) {
        var names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        return names.stream()
                .map(name -> new Field(name, before.getOrDefault(name, ""), after.getOrDefault(name, "")))
                .filter(field -> !field.before().equals(field.after()))
                .toList();
    }
}
