package io.buildkitefleet.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.pods.StackController;
import io.buildkitefleet.pods.Step;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PreviewedStacks.Extension.class)
class WarmCachesPlanTest {
    @Test
    void theyLieWhereANodeLetsProgramsRunAndOnlyTheQueueCanClaimThem(PreviewedStacks previews) {
        var volume = previews.full()
                .plan()
                .find("kubernetes:core/v1:PersistentVolume", "queue-big-warm-volume")
                .orElseThrow();

        assertThat(Inputs.text(volume, "spec", "hostPath", "path")).isEqualTo("/var/lib/toolbox/buildkite-fleet/big");
        assertThat(Inputs.text(volume, "spec", "claimRef", "namespace")).isEqualTo("buildkite-big");
        assertThat(previews.full().plan().ofType("kubernetes:core/v1:PersistentVolumeClaim"))
                .filteredOn(claim -> Inputs.text(claim, "metadata", "name").equals("warm-caches"))
                .extracting(claim -> Inputs.text(claim, "metadata", "namespace"))
                .containsExactly("buildkite-big");
    }

    @Test
    void theCheckoutTheJobAndItsDaemonSeeThemAtTheSamePaths(PreviewedStacks previews) {
        var pod = StackController.of(previews.full().plan(), "big")
                .pod(Step.PLAIN)
                .getAsJsonObject("spec");

        assertThat(List.of("checkout", "container-0", "docker"))
                .allSatisfy(name ->
                        assertThat(warmPaths(pod, name)).as(name).containsExactly("/root/.cargo", "/root/.cache/pip"));
        assertThat(warmPaths(pod, "agent")).isEmpty();
    }

    @Test
    void theCheckoutIsCleanedAsTheQueueSays(PreviewedStacks previews) {
        var pod = StackController.of(previews.full().plan(), "big")
                .pod(Step.PLAIN)
                .getAsJsonObject("spec");

        assertThat(Json.list(container(pod, "agent"), "env").asList())
                .contains(Json.parse("{name: BUILDKITE_GIT_CLEAN_FLAGS, value: -ffdq}"));
    }

    @Test
    void runningJobsEndBeforeTheirNodeIsTakenAwayUnlessGoogleTakesIt(PreviewedStacks previews) {
        var prod = previews.prod();
        for (var queue : prod.fleet().queues()) {
            var budget = prod.plan()
                    .find(
                            "kubernetes:policy/v1:PodDisruptionBudget",
                            "queue-" + queue.name() + "-namespace-disruptions");
            assertThat(budget.isPresent())
                    .as("queue %s", queue.name())
                    .isEqualTo(!queue.pool().orElseThrow().primary().capacity().isReclaimable());
            budget.ifPresent(found -> assertThat(Inputs.text(found, "spec", "minAvailable"))
                    .isEqualTo(String.valueOf(queue.maxInFlight())));
        }
    }

    private static List<String> warmPaths(JsonObject pod, String name) {
        return Json.list(container(pod, name), "volumeMounts").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(mount -> Json.text(mount, "name").equals("warm-caches"))
                .map(mount -> Json.text(mount, "mountPath"))
                .toList();
    }

    private static JsonObject container(JsonObject pod, String name) {
        return Stream.of("initContainers", "containers")
                .flatMap(list -> Json.list(pod, list).asList().stream())
                .map(JsonElement::getAsJsonObject)
                .filter(container -> Json.text(container, "name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
