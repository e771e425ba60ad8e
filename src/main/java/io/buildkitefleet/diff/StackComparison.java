package io.buildkitefleet.diff;

import com.google.gson.JsonObject;
import io.buildkitefleet.diff.ResourceDifference.Kind;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.pulumi.Urn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the plans of two stacks: resources of the same type and name are the same thing in both. */
public final class StackComparison {
    private static final String PROTECT = "protect";

    /** What tells a cluster from all others, which is made of its names. */
    private static final String IDENTIFIER = "clusterIdentifier";

    private final Map<String, Registration> base;
    private final Map<String, Registration> stack;
    private final OwnIds ids;

    private StackComparison(StackPlan base, StackPlan stack, OwnNames names) {
        this.stack = resources(stack);
        this.base = names.asIn(this.stack.keySet(), resources(base));
        this.ids = OwnIds.of(names, this.base, this.stack);
    }

    /**
     * How they differ.
     *
     * @param name how a person knows the base
     */
    public static StackDifference of(String name, StackPlan base, StackPlan stack, OwnNames names) {
        var comparison = new StackComparison(base, stack, names);
        return new StackDifference(
                stack.stack(),
                name,
                names,
                comparison.differences(),
                QueueComparison.of(base, stack, comparison.ids).changes(),
                new CostChange(base.cost(), stack.cost()));
    }

    /** Without components, by what stands behind stack and project in a URN. */
    private static Map<String, Registration> resources(StackPlan plan) {
        var resources = new TreeMap<String, Registration>();
        plan.resources().stream()
                .filter(Registration::custom)
                .forEach(resource -> resources.put(Urn.inStack(resource.urn()), resource));
        return resources;
    }

    private List<ResourceDifference> differences() {
        var differences = new ArrayList<ResourceDifference>();
        stack.forEach((key, here) -> {
            var there = base.get(key);
            if (there == null) {
                differences.add(only(Kind.ONLY_IN_STACK, here));
            } else {
                var properties = properties(there, here);
                if (!properties.isEmpty()) {
                    differences.add(new ResourceDifference(Kind.DIFFERS, here.type(), here.name(), properties));
                }
            }
        });
        base.forEach((key, there) -> {
            if (!stack.containsKey(key)) {
                differences.add(only(Kind.ONLY_IN_BASE, there));
            }
        });
        // Those of one kind stay in their order.
        differences.sort(Comparator.comparing(ResourceDifference::kind));
        return differences;
    }

    private static ResourceDifference only(Kind kind, Registration resource) {
        return new ResourceDifference(kind, resource.type(), resource.name(), List.of());
    }

    private List<PropertyChange> properties(Registration there, Registration here) {
        var properties = new ArrayList<>(InputDiff.ofStacks(there.inputs(), here.inputs(), ids, references(here)));
        properties.addAll(InputDiff.ofStacks(protection(there), protection(here), ids, Set.of()));
        properties.removeIf(property -> here.isProvider() && property.path().equals(IDENTIFIER));
        return properties;
    }

    /** The inputs that have what another resource is called, or what this one is. */
    private static Set<String> references(Registration resource) {
        return resource.inputs().keySet().stream()
                .filter(input -> OwnIds.isNaming(input)
                        || !resource.propertyDependencies()
                                .getOrDefault(input, List.of())
                                .isEmpty())
                .collect(Collectors.toSet());
    }

    /** An option of Pulumi's, and no input. */
    private static JsonObject protection(Registration resource) {
        var option = new JsonObject();
        option.addProperty(PROTECT, resource.options().protect());
        return option;
    }
}
