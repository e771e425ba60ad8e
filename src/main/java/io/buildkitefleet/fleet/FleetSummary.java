package io.buildkitefleet.fleet;

import java.util.List;

/**
 * What a plan file says of a fleet, beside the plan: enough to tell queues apart without the configuration.
 *
 * @param quotas what it needs of Compute Engine's quotas
 */
public record FleetSummary(List<QueueSummary> queues, List<Quota> quotas) {
    public FleetSummary {
        queues = List.copyOf(queues);
        quotas = List.copyOf(quotas);
    }

    public static FleetSummary of(Fleet fleet) {
        return new FleetSummary(fleet.queues().stream().map(QueueSummary::of).toList(), fleet.quotas());
    }
}
