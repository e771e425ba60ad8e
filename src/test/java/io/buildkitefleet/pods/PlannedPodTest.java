package io.buildkitefleet.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.fleet.SystemPool;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pods.PlannedPod.Origin;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** A plan leads to its own pods, to a controller for each release, and to a job's pod for each queue. */
@ExtendWith(PreviewedStacks.Extension.class)
class PlannedPodTest {
    @TestFactory
    Stream<DynamicTest> thereIsAPodForEachResourceThatLeadsToOne(PreviewedStacks previews) {
        return previews.all()
                .map(stack -> DynamicTest.dynamicTest(stack.plan().stack().name(), () -> {
                    var queues = stack.fleet().queues().size();
                    assertThat(pods(stack, Origin.CHART)).hasSize(queues);
                    assertThat(pods(stack, Origin.CONTROLLER)).hasSize(queues);
                    assertThat(pods(stack, Origin.PLAN))
                            .hasSameSizeAs(resources(stack)
                                    .filter(PlannedPodTest::isWorkload)
                                    .toList());
                    assertThat(resources(stack).flatMap(PlannedPod::of)).allSatisfy(pod -> assertThat(
                                    Json.list(pod.template().getAsJsonObject("spec"), "containers"))
                            .isNotEmpty());
                }));
    }

    @Test
    void theControllersPodHasTheValuesOfItsRelease(PreviewedStacks previews) {
        var pod = pods(previews.dev(), Origin.CHART).get(0).template();

        assertThat(Inputs.at(pod, "spec", "containers", 0, "resources", "limits", "memory"))
                .contains(new JsonPrimitive(SystemPool.CONTROLLER_LIMIT.toString()));
        assertThat(Inputs.at(pod, "spec", "nodeSelector", "buildkite-fleet/pool"))
                .contains(new JsonPrimitive("system"));
        assertThat(Inputs.at(pod, "spec", "containers", 0, "envFrom", 0, "secretRef", "name"))
                .contains(new JsonPrimitive("agent-token"));
    }

    @Test
    void theControllersPodHasWhatTheChartGivesItUnasked(PreviewedStacks previews) {
        var pod = pods(previews.dev(), Origin.CHART).get(0).template();

        assertThat(Inputs.at(pod, "spec", "containers", 0, "ports", 0, "containerPort"))
                .contains(new JsonPrimitive(9216));
        assertThat(Inputs.at(pod, "spec", "containers", 0, "securityContext", "runAsNonRoot"))
                .contains(new JsonPrimitive(true));
    }

    @Test
    void aJobsPodHasWhatTheFleetAddsToIt(PreviewedStacks previews) {
        var images = pods(previews.full(), Origin.CONTROLLER).stream()
                .filter(pod -> pod.source().name().equals("queue-images-release"))
                .findFirst()
                .orElseThrow();

        assertThat(containers(images.template()))
                .extracting(container -> Json.text(container, "name"))
                .contains("container-0", "agent", "checkout", "buildkit");
    }

    /** A plan may be read from a file that somebody has written by hand. */
    @Test
    void whateverStandsInAReleaseLeadsToPods(PreviewedStacks previews) {
        var release = resources(previews.full())
                .filter(ReleaseObjects::isOf)
                .filter(resource -> resource.name().equals("queue-images-release"))
                .findFirst()
                .orElseThrow();
        for (var other : List.of(new JsonPrimitive("\0"), new JsonArray(), JsonNull.INSTANCE)) {
            for (var changed : eachReplaced(release.inputs().get("values"), other)) {
                var inputs = release.inputs().deepCopy();
                inputs.add("values", changed);
                assertThatCode(() -> assertThat(PlannedPod.of(release.withInputs(inputs)))
                                .hasSize(2))
                        .doesNotThrowAnyException();
            }
        }
    }

    /** Copies of a value, in each of which another part of it is something else. */
    private static List<JsonElement> eachReplaced(JsonElement value, JsonElement other) {
        var copies = new ArrayList<JsonElement>(List.of(other));
        if (value instanceof JsonObject object) {
            object.asMap().forEach((key, inner) -> eachReplaced(inner, other).forEach(changed -> {
                var copy = object.deepCopy();
                copy.add(key, changed);
                copies.add(copy);
            }));
        } else if (value instanceof JsonArray list) {
            for (int i = 0; i < list.size(); i++) {
                for (var changed : eachReplaced(list.get(i), other)) {
                    var copy = list.deepCopy();
                    copy.set(i, changed);
                    copies.add(copy);
                }
            }
        }
        return copies;
    }

    private static List<JsonObject> containers(JsonObject template) {
        var spec = template.getAsJsonObject("spec");
        return Stream.concat(
                        Json.list(spec, "initContainers").asList().stream(),
                        Json.list(spec, "containers").asList().stream())
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static List<PlannedPod> pods(StackPreview stack, Origin origin) {
        return resources(stack)
                .flatMap(PlannedPod::of)
                .filter(pod -> pod.origin() == origin)
                .toList();
    }

    private static boolean isWorkload(Registration resource) {
        return List.of("kubernetes:apps/v1:Deployment", "kubernetes:batch/v1:CronJob")
                .contains(resource.type());
    }

    private static Stream<Registration> resources(StackPreview stack) {
        return StackPlan.of(stack).resources().stream();
    }
}
