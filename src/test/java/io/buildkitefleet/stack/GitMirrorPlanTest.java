package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.config.value.GitMirror;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Git mirrors on the nodes: who has them, and that nobody else reaches them. */
@ExtendWith(PreviewedStacks.Extension.class)
class GitMirrorPlanTest {
    static Stream<StackPreview> stacks(PreviewedStacks previews) {
        return previews.all().filter(stack -> stack.fleet().config().checkout().gitMirror() == GitMirror.NODE);
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void trustedQueuesHaveOneAndUntrustedQueuesHaveNone(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            assertThat(volume(stack, queue).isPresent())
                    .as("mirror of queue %s", queue.name())
                    .isEqualTo(queue.isTrusted());
            assertThat(config(stack, queue).toString().contains("git-mirrors")).isEqualTo(queue.isTrusted());
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void eachQueueHasADirectoryOfItsOwnThatOnlyItsOwnNamespaceClaims(StackPreview stack) {
        for (var queue : stack.fleet().trustedQueues()) {
            var volume = volume(stack, queue).orElseThrow();
            assertThat(Inputs.text(volume, "spec", "hostPath", "path"))
                    .isEqualTo("/var/lib/buildkite-fleet/git-mirrors/" + queue.name());
            assertThat(Inputs.text(volume, "spec", "claimRef", "namespace")).isEqualTo(queue.namespace());
            var claim = stack.plan()
                    .find("kubernetes:core/v1:PersistentVolumeClaim", "queue-" + queue.name() + "-mirror-claim")
                    .orElseThrow();
            assertThat(Inputs.text(claim, "metadata", "namespace")).isEqualTo(queue.namespace());
            assertThat(Inputs.text(claim, "spec", "volumeName")).isEqualTo(Inputs.text(volume, "metadata", "name"));
            assertThat(Inputs.text(claim, "metadata", "name"))
                    .isEqualTo(Inputs.text(volume, "spec", "claimRef", "name"));
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void noPodNamesAPathOfItsNode(StackPreview stack) {
        for (var queue : stack.fleet().queues()) {
            assertThat(config(stack, queue).toString()).doesNotContain("hostPath");
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void aCommandFindsTheMirrorOfItsCheckoutAndCannotChangeIt(StackPreview stack) {
        for (var queue : stack.fleet().trustedQueues()) {
            var config = config(stack, queue);
            var checkout =
                    Inputs.at(config, "default-checkout-params", "gitMirrors").orElseThrow();
            assertThat(Inputs.items(config, "default-command-params", "extraVolumeMounts"))
                    .filteredOn(mount -> text(mount, "name").equals(text(checkout, "volume", "name")))
                    .singleElement()
                    .satisfies(mount -> {
                        assertThat(text(mount, "mountPath")).isEqualTo(text(checkout, "path"));
                        assertThat(text(mount, "readOnly")).isEqualTo("true");
                    });
            assertThat(Inputs.items(config, "pod-spec-patch", "volumes"))
                    .as("a job without a checkout has the volume too")
                    .contains(Inputs.at(checkout, "volume").orElseThrow());
        }
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void jobsComeAfterWhatTheyClaim(StackPreview stack) {
        for (var queue : stack.fleet().trustedQueues()) {
            assertThat(release(stack, queue).dependencies())
                    .anyMatch(urn -> urn.endsWith("::queue-" + queue.name() + "-mirror-claim"));
        }
    }

    private static Optional<Registration> volume(StackPreview stack, Queue queue) {
        return stack.plan().find("kubernetes:core/v1:PersistentVolume", "queue-" + queue.name() + "-mirror-volume");
    }

    private static Registration release(StackPreview stack, Queue queue) {
        return stack.plan()
                .find("kubernetes:helm.sh/v3:Release", "queue-" + queue.name() + "-release")
                .orElseThrow();
    }

    private static JsonElement config(StackPreview stack, Queue queue) {
        return Inputs.at(release(stack, queue), "values", "config").orElseThrow();
    }

    private static String text(JsonElement value, Object... steps) {
        return Inputs.at(value, steps).orElseThrow().getAsString();
    }
}
