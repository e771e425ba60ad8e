package io.buildkitefleet.diff;

import io.buildkitefleet.diff.QueueChange.Field;
import io.buildkitefleet.diff.QueueChange.Kind;
import io.buildkitefleet.plan.PlannedQueue;
import io.buildkitefleet.plan.StackPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the summaries of queues. */
final class QueueComparison {
    private final Map<String, PlannedQueue> before;
    private final Map<String, PlannedQueue> after;
    private final OwnIds ids;

    private QueueComparison(Map<String, PlannedQueue> before, Map<String, PlannedQueue> after, OwnIds ids) {
        this.before = before;
        this.after = after;
        this.ids = ids;
    }

    static QueueComparison of(StackPlan before, StackPlan after) {
        return of(before, after, OwnIds.NONE);
    }

    /** Of two stacks, whose resources have ids of their own. */
    static QueueComparison of(StackPlan before, StackPlan after, OwnIds ids) {
        return new QueueComparison(queues(before), queues(after), ids);
    }

    static QueueComparison ofNew(StackPlan after) {
        return new QueueComparison(Map.of(), queues(after), OwnIds.NONE);
    }

    /** By name; none in a plan of Pulumi's own. */
    private static Map<String, PlannedQueue> queues(StackPlan plan) {
        var queues = new TreeMap<String, PlannedQueue>();
        plan.fleet().ifPresent(fleet -> fleet.queues().forEach(queue -> queues.put(queue.name(), queue)));
        return queues;
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
    private List<Field> fields(Map<String, String> before, Map<String, String> after) {
        var names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        return names.stream()
                .map(name -> new Field(name, before.getOrDefault(name, ""), after.getOrDefault(name, "")))
                .filter(field -> !ids.areSame(field.before(), field.after(), false))
                .toList();
    }
}
