package io.buildkitefleet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.pods.PlannedPod.Origin;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which pods a resource of a plan leads to. */
@ExtendWith(PreviewedStacks.Extension.class)
class PlannedPodTest {
    private static final String RELEASE = "kubernetes:helm.sh/v3:Release";

    @Test
    void aReleaseLeadsToItsControllerAndToTheJobsOfItsQueue(PreviewedStacks previews) {
        var pods = PlannedPod.of(release(previews));

        assertThat(pods).extracting(PlannedPod::origin).containsExactly(Origin.CHART, Origin.CONTROLLER);
        assertThat(pods)
                .extracting(PlannedPodTest::containers)
                .containsExactly(List.of("controller"), List.of("container-0", "agent", "checkout"));
    }

    @Test
    void whatThePlanItselfRunsIsFoundWhereItStands(PreviewedStacks previews) {
        var found = previews.full().plan().registrations().stream()
                .flatMap(resource -> PlannedPod.of(resource).stream())
                .filter(pod -> pod.origin() == Origin.PLAN)
                .toList();

        assertThat(found).extracting(PlannedPod::path).contains("spec.template", "spec.jobTemplate.spec.template");
        assertThat(found).allSatisfy(pod -> assertThat(containers(pod)).isNotEmpty());
    }

    @Test
    void aPatchThatIsNoneIsToldByItsKeyAndHidesNoOtherPod(PreviewedStacks previews) {
        var release = release(previews);
        var inputs = Json.object(Json.object(release.inputs().deepCopy(), "values"), "config");
        var broken = release.inputs().deepCopy();
        inputs.add("pod-spec-patch", new JsonPrimitive("hostNetwork"));
        Json.object(broken, "values").add("config", inputs);
        var pods = PlannedPod.of(with(release, broken));

        assertThat(pods.get(0).malformed()).isEmpty();
        assertThat(pods.get(1).malformed()).contains("pod-spec-patch is \"hostNetwork\", not an object");
    }

    private static Registration release(PreviewedStacks previews) {
        return previews.prod().plan().find(RELEASE, "queue-light-release").orElseThrow();
    }

    private static Registration with(Registration release, JsonObject inputs) {
        return new Registration(
                release.urn(),
                release.type(),
                release.name(),
                release.custom(),
                release.parent(),
                inputs,
                release.options(),
                release.provider(),
                release.version(),
                release.readId(),
                release.dependencies(),
                release.propertyDependencies(),
                release.outputs(),
                release.outputsRegistered());
    }

    private static List<String> containers(PlannedPod pod) {
        return Json.list(Json.object(pod.template(), "spec"), "containers").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(container -> Json.text(container, "name"))
                .toList();
    }
}
