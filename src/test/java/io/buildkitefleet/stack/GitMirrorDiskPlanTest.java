package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Git mirrors on disks: who has them, and who may do what to make them. */
@ExtendWith(PreviewedStacks.Extension.class)
class GitMirrorDiskPlanTest {
    @Test
    void jobsAskForAnEmptyDirectoryThatNobodyUpdates(PreviewedStacks previews) {
        var stack = previews.full();
        for (var queue : stack.fleet().trustedQueues()) {
            var mirrors = Inputs.at(config(stack, queue), "default-checkout-params", "gitMirrors")
                    .orElseThrow();
            assertThat(text(mirrors, "skipUpdate")).isEqualTo("true");
            assertThat(Inputs.at(mirrors, "volume", "emptyDir")).isPresent();
            assertThat(Inputs.items(config(stack, queue), "pod-spec-patch", "volumes"))
                    .contains(Inputs.at(mirrors, "volume").orElseThrow());
        }
    }

    @Test
    void untrustedQueuesHaveNothingOfIt(PreviewedStacks previews) {
        var stack = previews.full();
        var policy = stack.plan()
                .find(
                        "kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicyBinding",
                        "mirrors-admission-binding")
                .orElseThrow();
        for (var queue : stack.fleet().queues()) {
            assertThat(policy.inputs().toString().contains("\"" + queue.namespace() + "\""))
                    .isEqualTo(queue.isTrusted());
            assertThat(populate(stack, queue).isPresent()).isEqualTo(queue.isTrusted());
            assertThat(config(stack, queue).toString().contains("git-mirrors")).isEqualTo(queue.isTrusted());
        }
    }

    @Test
    void whatFetchesHasTheKeyAndNoTokenAndWhatHasATokenHasNoKey(PreviewedStacks previews) {
        var stack = previews.full();
        for (var queue : stack.fleet().trustedQueues()) {
            var fetches = podOf(populate(stack, queue).orElseThrow());
            assertThat(fetches.toString()).contains("\"secretName\":\"checkout\"");
            assertThat(text(fetches, "automountServiceAccountToken")).isEqualTo("false");
        }
        var refresh = podOf(stack.plan()
                .find("kubernetes:batch/v1:CronJob", "mirrors-schedule")
                .orElseThrow());
        assertThat(text(refresh, "automountServiceAccountToken")).isEqualTo("true");
        assertThat(refresh.toString()).doesNotContain("secret");
    }

    @Test
    void nobodyMayReadASecretForIt(PreviewedStacks previews) {
        assertThat(previews.full().plan().registrations())
                .filteredOn(registration -> registration.type().contains(":rbac.authorization.k8s.io/v1:")
                        && registration.name().contains("mirror"))
                .isNotEmpty()
                .allSatisfy(registration ->
                        assertThat(registration.inputs().toString()).doesNotContain("secrets"));
    }

    @Test
    void disksAreMadeInTheZoneOfTheNodesBeforeAPodWantsThem(PreviewedStacks previews) {
        for (var zone : previews.full().fleet().mirrorDisks().orElseThrow().zones()) {
            var storage = previews.full()
                    .plan()
                    .find("kubernetes:storage.k8s.io/v1:StorageClass", "mirrors-storage-" + zone)
                    .orElseThrow();
            assertThat(Inputs.text(storage, "volumeBindingMode")).isEqualTo("Immediate");
            assertThat(storage.inputs().get("allowedTopologies").toString()).contains("[\"" + zone + "\"]");
        }
    }

    private static Optional<Registration> populate(StackPreview stack, Queue queue) {
        return stack.plan().find("kubernetes:batch/v1:CronJob", "queue-" + queue.name() + "-mirror-populate");
    }

    private static JsonElement podOf(Registration cronJob) {
        return Inputs.at(cronJob, "spec", "jobTemplate", "spec", "template", "spec")
                .orElseThrow();
    }

    private static JsonElement config(StackPreview stack, Queue queue) {
        var release = stack.plan()
                .find("kubernetes:helm.sh/v3:Release", "queue-" + queue.name() + "-release")
                .orElseThrow();
        return Inputs.at(release, "values", "config").orElseThrow();
    }

    private static String text(JsonElement value, Object... steps) {
        return Inputs.at(value, steps).orElseThrow().getAsString();
    }
}
