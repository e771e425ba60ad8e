package io.buildkitefleet.plan;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.pulumi.Plan;
import java.util.List;

/**
 * What a stack's configuration means, and what the program makes of it.
 *
 * @param sharedIdentities those that pods of other stacks have, too
 */
public record StackPreview(Fleet fleet, Plan plan, List<SharedIdentity> sharedIdentities) {
    public StackPreview {
        sharedIdentities = List.copyOf(sharedIdentities);
    }

    /** Of a stack that is alone. */
    public StackPreview(Fleet fleet, Plan plan) {
        this(fleet, plan, List.of());
    }
}
