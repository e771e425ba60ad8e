package io.buildkitefleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import io.buildkitefleet.fleet.Fleet;
import io.buildkitefleet.fleet.FleetResolver;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.testing.ComponentTest;
import io.buildkitefleet.testing.Stacks;
import io.buildkitefleet.variables.ReservedVariables;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class JobEnvironmentTest extends ComponentTest {
    /** Of two variables of one name, the job would get the secret. */
    @Test
    void noSecretCanBeCalledLikeAVariableThatTheFleetSets() {
        assertThat(names())
                .as("what a stack with every key sets")
                .contains(
                        "DOCKER_HOST",
                        "BUILDKIT_HOST",
                        "GOPROXY",
                        "FLEET_CLUSTERS",
                        "FLEET_CACHE",
                        "FLEET_VARIABLES_KEY")
                .allSatisfy(name ->
                        assertThat(ReservedVariables.refusal(name)).as(name).isPresent());
    }

    private Set<String> names() {
        var names = new TreeSet<>(Set.of(AgentStack.VARIABLES_KEY));
        run(context -> {
            var fleet = FleetResolver.resolve(Stacks.full());
            fleet.queues()
                    .forEach(queue ->
                            names.addAll(JobEnvironment.of(args(fleet, queue)).keySet()));
        });
        return names;
    }

    private static AgentQueueArgs args(Fleet fleet, Queue queue) {
        return new AgentQueueArgs(
                queue,
                fleet.safeBuilds(),
                "172.16.0.0/28",
                Output.of("artifacts"),
                Output.of("us-west1-docker.pkg.dev/acme/images"),
                Optional.empty(),
                Output.of("token"),
                Output.of("1"),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                fleet.caches().map(caches -> Output.of("gs://" + caches.bucket() + "/")),
                fleet.cacheServers(queue),
                Optional.empty());
    }
}
