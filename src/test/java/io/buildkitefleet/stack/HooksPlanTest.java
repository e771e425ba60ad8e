package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs around the jobs of a queue. */
@ExtendWith(PreviewedStacks.Extension.class)
class HooksPlanTest {
    private static final Path SOURCE = Path.of("src", "main", "resources", "hooks");

    /** What the queue that signs has, and no other: the first stands in place of each job's command. */
    private static final Set<String> UPLOAD = Set.of("upload", "upload-command.sh");

    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all();
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aTrustedQueueHasEveryHookAndTheFleetsPolicy(StackPreview stack) throws IOException {
        for (var queue : stack.fleet().trustedQueues()) {
            var hooks = hooks(stack, queue).orElseThrow();
            try (var files = Files.list(SOURCE)) {
                for (var file : files.toList()) {
                    var name = file.getFileName().toString();
                    assertThat(Inputs.text(hooks, "data", name.equals("upload") ? "command" : name))
                            .as(name)
                            .isEqualTo(queue.signs() || !UPLOAD.contains(name) ? Files.readString(file) : "");
                }
            }
            assertThat(Inputs.text(hooks, "data", "known_hosts"))
                    .isEqualTo(stack.fleet().knownHosts().text())
                    .contains("github.com ssh-ed25519 ");
            assertThat(Inputs.text(hooks, "data", "safe-builds"))
                    .isEqualTo(stack.fleet().safeBuilds().policyOf(queue))
                    .startsWith(stack.fleet().safeBuilds().policy());
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void itsReleaseMountsThemWhereNoJobCanChangeThem(StackPreview stack) {
        for (var queue : stack.fleet().trustedQueues()) {
            var release = release(stack, queue);
            assertThat(Inputs.text(release, "values", "config", "agent-config", "hooks-path"))
                    .startsWith("/")
                    .doesNotStartWith("/workspace");
            var volume = Inputs.at(release, "values", "config", "agent-config", "hooksVolume")
                    .orElseThrow();
            assertThat(Inputs.at(volume, "configMap", "name").orElseThrow().getAsString())
                    .isEqualTo(Inputs.text(hooks(stack, queue).orElseThrow(), "metadata", "name"));
            assertThat(Inputs.at(volume, "configMap", "defaultMode")
                            .orElseThrow()
                            .getAsInt())
                    .isEqualTo(0555);
            assertThat(release.dependencies())
                    .contains(hooks(stack, queue).orElseThrow().urn());
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void anUntrustedQueueHasNone(StackPreview stack) {
        stack.fleet().queues().stream().filter(queue -> !queue.isTrusted()).forEach(queue -> {
            assertThat(hooks(stack, queue)).isEmpty();
            assertThat(Inputs.at(release(stack, queue), "values", "config", "agent-config", "hooksVolume"))
                    .isEmpty();
            assertThat(Inputs.text(release(stack, queue), "values", "config", "agent-config", "hooks-path"))
                    .as("where the agent beside its jobs looks for hooks, which no job can write")
                    .isEqualTo("/buildkite/hooks");
        });
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theDaemonThatIsEmptiedIsTheOneThatJobsHave(StackPreview stack) throws IOException {
        var addresses = stack.plan().ofType("kubernetes:core/v1:ConfigMap").stream()
                .map(map -> Inputs.text(map, "data", "DOCKER_HOST"))
                .filter(address -> !address.isEmpty())
                .distinct();
        assertThat(addresses).singleElement().satisfies(address -> assertThat(
                        Files.readString(SOURCE.resolve("pre-exit")))
                .contains("!= " + address + " ]"));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void itIsEmptiedInTheTimeThatItsQueueHas(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var environment = stack.plan()
                    .find("kubernetes:core/v1:ConfigMap", "queue-" + queue.name() + "-environment")
                    .orElseThrow();
            var hasDaemon = !Inputs.text(environment, "data", "DOCKER_HOST").isEmpty();
            assertThat(Inputs.text(environment, "data", "FLEET_CLEANUP_SECONDS"))
                    .isEqualTo(hasDaemon ? String.valueOf(queue.cleanupSeconds()) : "");
            assertThat(queue.cleanupSeconds()).isEqualTo(queue.graceSeconds() == 15 ? 10 : 60);
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void whereJobsHaveDockerTheyCopyTheConfigurationThatIsMounted(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            var environment = stack.plan()
                    .find("kubernetes:core/v1:ConfigMap", "queue-" + queue.name() + "-environment")
                    .orElseThrow();
            var configuration = Inputs.text(environment, "data", "FLEET_DOCKER_CONFIG");
            assertThat(Inputs.text(environment, "data", "DOCKER_CONFIG")).isEqualTo(configuration);
            assertThat(!configuration.isEmpty()).isEqualTo(queue.docker().isPresent());
            var mounted = Inputs.at(release(stack, queue), "values", "config", "default-command-params")
                    .orElseThrow()
                    .toString()
                    .contains("\"mountPath\":\"" + configuration + "\"");
            assertThat(mounted)
                    .as("mounted on %s", queue.name())
                    .isEqualTo(queue.docker().isPresent());
        }
    }

    private static Optional<Registration> hooks(StackPreview stack, Queue queue) {
        return stack.plan().ofType("kubernetes:core/v1:ConfigMap").stream()
                .filter(map -> map.name().equals("queue-" + queue.name() + "-hooks"))
                .findFirst();
    }

    private static Registration release(StackPreview stack, Queue queue) {
        return stack.plan().ofType("kubernetes:helm.sh/v3:Release").stream()
                .filter(release -> Inputs.text(release, "name").equals(queue.release()))
                .findFirst()
                .orElseThrow();
    }
}
