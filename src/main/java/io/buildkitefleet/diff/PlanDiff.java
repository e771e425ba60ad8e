package io.buildkitefleet.diff;

import java.util.List;
import java.util.Optional;

/**
 * What changes between two plans of a stack.
 *
 * @param base how the plan before was named
 * @param isNewStack whether there was no such stack before, so that everything is created
 * @param formerStack what a new stack is at the base, as {@code dev of fleet}, if it only has another name now
 * @param changes the most dangerous first: deleted, replaced, perhaps replaced, updated, created; then by URN
 */
public record PlanDiff(
        String stack,
        String base,
        boolean isNewStack,
        Optional<String> formerStack,
        List<ResourceChange> changes,
        List<QueueChange> queues,
        CostChange cost) {
    public PlanDiff {
        changes = List.copyOf(changes);
        queues = List.copyOf(queues);
    }

    public List<ResourceChange> of(ResourceChange.Operation operation) {
        return changes.stream()
                .filter(change -> change.operation() == operation)
                .toList();
    }

    /** What loses state or is protected. */
    public List<ResourceChange> dangers() {
        return changes.stream().filter(ResourceChange::isDangerous).toList();
    }

    public boolean isEmpty() {
        return changes.isEmpty() && queues.isEmpty();
    }
}
