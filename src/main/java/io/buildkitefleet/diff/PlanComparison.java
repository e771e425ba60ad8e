package io.buildkitefleet.diff;

import io.buildkitefleet.diff.ResourceChange.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the plan before with the plan after. */
public final class PlanComparison {
    private static final List<Operation> ORDER =
            List.of(Operation.DELETE, Operation.REPLACE, Operation.MAY_REPLACE, Operation.UPDATE, Operation.CREATE);

    private final Map<String, ResourceState> before;
    private final Map<String, ResourceState> after;
    private final Map<String, ResourceChange> changes = new TreeMap<>();

    private PlanComparison(Map<String, ResourceState> before, Map<String, ResourceState> after) {
        this.before = new TreeMap<>(before);
        this.after = after;
    }

    /** What changes in a stack that was there before. */
    public static PlanDiff of(String stack, String base, PlanDocument before, PlanDocument after) {
        return new PlanDiff(
                stack,
                base,
                false,
                new PlanComparison(before.resources(), after.resources()).changes(),
                new QueueComparison(before.queues(), after.queues()).changes(),
                new CostChange(before.cost(), after.cost()));
    }

    /** What a stack creates that was not there before. */
    public static PlanDiff ofNewStack(String stack, String base, PlanDocument after) {
        return new PlanDiff(
                stack,
                base,
                true,
                new PlanComparison(Map.of(), after.resources()).changes(),
                new QueueComparison(Map.of(), after.queues()).changes(),
                new CostChange(Optional.empty(), after.cost()));
    }

    private List<ResourceChange> changes() {
        var renamed = new ArrayList<ResourceState>();
        for (var state : after.values()) {
            var same = before.remove(state.urn());
            if (same == null) {
                renamed.add(state);
            } else {
                compare(same, state);
            }
        }
        for (var state : renamed) {
            var former = state.aliases().stream().filter(before::containsKey).findFirst();
            former.map(before::remove).ifPresentOrElse(old -> compare(old, state), () -> create(state));
        }
        before.values().forEach(this::delete);
        new Consequences(after, changes).add();
        return changes.values().stream()
                .sorted(Comparator.comparing((ResourceChange change) -> ORDER.indexOf(change.operation()))
                        .thenComparing(ResourceChange::urn))
                .toList();
    }

    private void compare(ResourceState old, ResourceState now) {
        var properties = InputDiff.of(old.inputs(), now.inputs(), path -> effect(now, path)).stream()
                .filter(change -> !InputPaths.cover(now.ignoreChanges(), change.path()))
                .toList();
        if (!properties.isEmpty()) {
            changes.put(now.urn(), Change.of(now, old.urn().equals(now.urn()) ? "" : old.name(), properties));
        }
    }

    private static Effect effect(ResourceState state, String path) {
        return InputPaths.cover(state.replaceOnChanges(), path) ? Effect.REPLACE : Replacements.of(state.type(), path);
    }

    private void create(ResourceState state) {
        changes.put(
                state.urn(),
                new ResourceChange(Operation.CREATE, state.urn(), state.type(), state.name(), "", List.of(), ""));
    }

    private void delete(ResourceState state) {
        var loss = state.retainOnDelete() ? "" : Change.danger(state);
        changes.put(
                state.urn(),
                new ResourceChange(Operation.DELETE, state.urn(), state.type(), state.name(), "", List.of(), loss));
    }
}
