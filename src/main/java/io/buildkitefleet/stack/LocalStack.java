package io.buildkitefleet.stack;

import com.pulumi.Context;
import com.pulumi.resources.ComponentResourceOptions;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.kubernetes.KubernetesApi;
import java.util.List;
import java.util.Optional;

/** The stack of a fleet that is in a cluster which is there already: its queues, and nothing of Google's. */
final class LocalStack {
    private final ProgramConfig source;
    private final Fleet fleet;

    LocalStack(ProgramConfig source, Fleet fleet) {
        this.source = source;
        this.fleet = fleet;
    }

    void register(Context context) {
        var name = fleet.config().local().orElseThrow().context();
        var kubernetes = new KubernetesApi(
                "kubernetes",
                new KubernetesApi.Args(new KubernetesApi.Connection.Context(name), name, List.of()),
                ComponentResourceOptions.builder().build());
        new StackQueues(source, fleet, Optional.empty()).register(kubernetes);
        StackOutputs.ofQueues(context, fleet);
    }
}
