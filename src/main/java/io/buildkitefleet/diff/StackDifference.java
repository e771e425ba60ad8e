package io.buildkitefleet.diff;

import java.util.List;

/**
 * How two stacks differ. Nothing changes: both are there, or could be.
 *
 * @param stack the one
 * @param base the other one, as a person knows it
 * @param names what counts as equal
 * @param resources by kind, then by type and name
 * @param queues what is new is only in the stack, what is gone only in the base
 * @param cost of the base before, of the stack after
 */
public record StackDifference(
        String stack,
        String base,
        OwnNames names,
        List<ResourceDifference> resources,
        List<QueueChange> queues,
        CostChange cost) {
    public StackDifference {
        resources = List.copyOf(resources);
        queues = List.copyOf(queues);
    }

    public boolean isEmpty() {
        return resources.isEmpty() && queues.isEmpty();
    }

    public List<ResourceDifference> of(ResourceDifference.Kind kind) {
        return resources.stream().filter(resource -> resource.kind() == kind).toList();
    }
}
