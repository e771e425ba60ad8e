package io.buildkitefleet.diff;

import com.google.gson.JsonElement;
import io.buildkitefleet.diff.ResourceChange.Operation;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.resources.Effect;
import io.buildkitefleet.resources.Replacements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the plan before with the plan after. */
public final class PlanComparison {
    private static final List<Operation> ORDER =
            List.of(Operation.DELETE, Operation.REPLACE, Operation.MAY_REPLACE, Operation.UPDATE, Operation.CREATE);

    private final Map<String, Registration> before;
    private final Map<String, Registration> after;
    private final Map<String, List<String>> aliases;
    private final Map<String, ResourceChange> changes = new TreeMap<>();

    private PlanComparison(Map<String, Registration> before, StackPlan after) {
        this.before = new TreeMap<>(before);
        this.after = resources(after);
        this.aliases = after.aliases();
    }

    /** What changes in a stack that was there before. */
    public static PlanDiff of(String base, StackPlan before, StackPlan after) {
        return new PlanDiff(
                after.stack(),
                base,
                false,
                Optional.empty(),
                new PlanComparison(resources(before), after).changes(),
                QueueComparison.of(before, after).changes(),
                new CostChange(before.cost(), after.cost()));
    }

    /**
     * What a stack creates that was not there before.
     *
     * @param formerStack what it was before, as {@code dev of fleet}, if it only has another name now
     */
    public static PlanDiff ofNewStack(String base, StackPlan after, Optional<String> formerStack) {
        return new PlanDiff(
                after.stack(),
                base,
                true,
                formerStack,
                new PlanComparison(Map.of(), after).changes(),
                QueueComparison.ofNew(after).changes(),
                new CostChange(Optional.empty(), after.cost()));
    }

    /** By URN, without components. */
    private static Map<String, Registration> resources(StackPlan plan) {
        var resources = new LinkedHashMap<String, Registration>();
        plan.resources().stream()
                .filter(Registration::custom)
                .forEach(resource -> resources.put(resource.urn(), resource));
        return resources;
    }

    private List<ResourceChange> changes() {
        var renamed = new ArrayList<Registration>();
        for (var state : after.values()) {
            var same = before.remove(state.urn());
            if (same == null) {
                renamed.add(state);
            } else {
                compare(same, state);
            }
        }
        for (var state : renamed) {
            var former = aliases.getOrDefault(state.urn(), List.of()).stream()
                    .filter(before::containsKey)
                    .findFirst();
            former.map(before::remove).ifPresentOrElse(old -> compare(old, state), () -> create(state));
        }
        before.values().forEach(this::delete);
        new Consequences(after, changes).add();
        return changes.values().stream()
                .sorted(Comparator.comparing((ResourceChange change) -> ORDER.indexOf(change.operation()))
                        .thenComparing(ResourceChange::urn))
                .toList();
    }

    private void compare(Registration old, Registration now) {
        var properties = InputDiff.of(old.inputs(), now.inputs(), (path, value) -> effect(now, path, value)).stream()
                .filter(change -> !InputPaths.cover(now.options().ignoreChanges(), change.path()))
                .toList();
        if (!properties.isEmpty()) {
            changes.put(now.urn(), ResourceChange.of(now, old.urn().equals(now.urn()) ? "" : old.name(), properties));
        }
    }

    private static Effect effect(Registration state, String path, JsonElement value) {
        return InputPaths.cover(state.options().replaceOnChanges(), path)
                ? Effect.REPLACE
                : Replacements.of(state.type(), path, value);
    }

    private void create(Registration state) {
        changes.put(
                state.urn(),
                new ResourceChange(Operation.CREATE, state.urn(), state.type(), state.name(), "", List.of(), ""));
    }

    private void delete(Registration state) {
        var loss = state.options().retainOnDelete() ? "" : ResourceChange.danger(state);
        changes.put(
                state.urn(),
                new ResourceChange(Operation.DELETE, state.urn(), state.type(), state.name(), "", List.of(), loss));
    }
}
