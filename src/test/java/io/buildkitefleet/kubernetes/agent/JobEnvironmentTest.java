package io.buildkitefleet.kubernetes.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import io.buildkitefleet.fleet.resolve.FleetResolver;
import io.buildkitefleet.testing.ComponentTest;
import io.buildkitefleet.testing.Stacks;
import io.buildkitefleet.variables.ReservedVariables;
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
            for (var queue : fleet.queues()) {
                var cache = fleet.caches().map(caches -> Output.of("gs://" + caches.bucket() + "/"));
                names.addAll(JobEnvironment.of(
                                queue,
                                Optional.of(Output.of("artifacts")),
                                Optional.of(Output.of("us-west1-docker.pkg.dev/acme/images")),
                                cache,
                                fleet.cacheServers(queue))
                        .keySet());
            }
        });
        return names;
    }
}
