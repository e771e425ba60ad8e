package io.buildkitefleet.plan;

import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.QueueSummary;
import io.buildkitefleet.fleet.Quota;
import java.util.List;

/**
 * What a plan says of its fleet, beside the resources: enough to tell queues apart without the configuration.
 *
 * @param quotas what it needs of Compute Engine's quotas
 */
public record FleetSummary(List<PlannedQueue> queues, List<Quota> quotas) {
    public FleetSummary {
        queues = List.copyOf(queues);
        quotas = List.copyOf(quotas);
    }

    static FleetSummary of(Fleet fleet) {
        return new FleetSummary(
                fleet.queues().stream()
                        .map(queue -> PlannedQueue.of(QueueSummary.of(queue).asMap()))
                        .toList(),
                fleet.quotas());
    }
}
