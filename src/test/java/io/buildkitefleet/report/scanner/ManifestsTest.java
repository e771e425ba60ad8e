package io.buildkitefleet.report.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.buildkitefleet.plan.StackPreview;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.Inputs;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Kubernetes half of a plan as the tools of others read it. */
@ExtendWith(PreviewedStacks.Extension.class)
class ManifestsTest {
    @Test
    void everyObjectOfThePlanIsInIt(PreviewedStacks previews) {
        previews.all().forEach(stack -> assertThat(objects(stack).map(ManifestsTest::identity))
                .containsAll(stack.plan().registrations().stream()
                        .filter(Registration::custom)
                        .filter(resource -> resource.type().startsWith("kubernetes:"))
                        .filter(resource -> !isRelease(resource))
                        .map(resource -> identity(resource.inputs()))
                        .toList()));
    }

    @Test
    void eachQueueHasItsControllerAndAJob(PreviewedStacks previews) {
        previews.all().forEach(stack -> {
            var queues = stack.fleet().queues().stream()
                    .map(queue -> queue.namespace())
                    .toList();
            assertThat(ofKind(stack, "Job").map(ManifestsTest::namespace)).containsExactlyInAnyOrderElementsOf(queues);
            assertThat(ofKind(stack, "Deployment").map(ManifestsTest::namespace))
                    .containsAll(queues);
        });
    }

    @Test
    void theControllerHasTheResourcesOfItsRelease(PreviewedStacks previews) {
        var release = previews.dev()
                .plan()
                .find("kubernetes:helm.sh/v3:Release", "queue-light-release")
                .orElseThrow();
        var controller = ofKind(previews.dev(), "Deployment")
                .filter(deployment -> namespace(deployment).equals("buildkite-light"))
                .findFirst()
                .orElseThrow();
        assertThat(Inputs.at(controller, "spec", "template", "spec", "containers", 0, "resources"))
                .isEqualTo(Inputs.at(release, "values", "resources"))
                .isPresent();
    }

    @Test
    void theControllersConfigurationIsTheReleasesBesideWhatTheChartAdds(PreviewedStacks previews) {
        var config = ofKind(previews.dev(), "ConfigMap")
                .filter(map -> Json.text(Json.object(map, "metadata"), "name").endsWith("light-agent-stack-k8s-config"))
                .map(map -> Json.parse(Json.text(map.getAsJsonObject("data"), "config.yaml"))
                        .getAsJsonObject())
                .findFirst()
                .orElseThrow();
        assertThat(Json.text(config, "queue")).isEqualTo("light");
        assertThat(Json.text(config, "agent-token-secret")).isEqualTo("agent-token");
        assertThat(Json.text(config, "prometheus-port")).isEqualTo("9216");
    }

    @Test
    void noSecretIsInThem(PreviewedStacks previews) {
        previews.all().forEach(stack -> {
            var secrets = stack.plan().registrations().stream()
                    .flatMap(resource -> secrets(resource.inputs(), false))
                    .filter(text -> !text.equals(PropertyValues.UNKNOWN))
                    .distinct()
                    .toList();
            assertThat(secrets).isNotEmpty();
            var all = String.join("\n", files(stack).values());
            assertThat(secrets.stream().filter(all::contains))
                    .as("secrets in manifests")
                    .isEmpty();
        });
    }

    @Test
    void whatIsNotKnownYetIsPlainlyAPlaceholder(PreviewedStacks previews) {
        var all = String.join("\n", files(previews.prod()).values());
        assertThat(all).contains("placeholder-known-after-up", "BUILDKITE_AGENT_TOKEN: placeholder-secret");
    }

    @Test
    void noWordOfPulumisIsInThem(PreviewedStacks previews) {
        previews.all().forEach(stack -> assertThat(objects(stack)
                        .flatMap(object -> Inputs.leaves(object).entrySet().stream())
                        .filter(leaf -> !leaf.getKey().startsWith("data."))
                        .map(leaf -> leaf.getKey() + ": " + leaf.getValue())
                        .filter(leaf -> leaf.toLowerCase(Locale.ROOT).contains("pulumi")
                                || leaf.contains(PropertyValues.UNKNOWN)
                                || leaf.contains(PropertyValues.SIGNATURE)))
                .isEmpty());
    }

    @Test
    void aNamespaceComesBeforeWhatIsInIt(PreviewedStacks previews) {
        previews.all().forEach(stack -> {
            var places = List.copyOf(files(stack).keySet());
            files(stack).forEach((name, text) -> {
                var namespace = namespace(Json.parse(text).getAsJsonObject());
                if (!namespace.isEmpty() && !namespace.equals("kube-system")) {
                    assertThat(places.indexOf("1.namespace." + namespace + ".yaml"))
                            .as("the place of the namespace of %s", name)
                            .isBetween(0, places.indexOf(name));
                }
            });
        });
    }

    @Test
    void whatHelmMakesSaysSo(PreviewedStacks previews) {
        assertThat(files(previews.dev()).get("4.deployment.buildkite-light.light-agent-stack-k8s.yaml"))
                .startsWith("# Helm makes it of the release queue-light-release of ");
    }

    @Test
    void theirFieldsAreInTheSameOrderInEachRun(PreviewedStacks previews) {
        assertThat(files(previews.dev())
                        .get("5.job.buildkite-light.buildkite-0190046e-e199-453b-a302-a21a4d649d31.yaml"))
                .contains("\napiVersion: batch/v1\nkind: Job\nmetadata:\n  name: buildkite-0190046e-");
    }

    private static Stream<String> secrets(JsonElement value, boolean secret) {
        if (PropertyValues.isSecret(value)) {
            return secrets(PropertyValues.unwrapped(value), true);
        }
        if (value instanceof JsonObject object) {
            return object.asMap().values().stream().flatMap(inner -> secrets(inner, secret));
        }
        if (value instanceof JsonArray list) {
            return list.asList().stream().flatMap(inner -> secrets(inner, secret));
        }
        return secret && value instanceof JsonPrimitive text ? Stream.of(text.getAsString()) : Stream.empty();
    }

    private static Map<String, String> files(StackPreview stack) {
        return new TreeMap<>(Manifests.of(stack.plan()));
    }

    private static Stream<JsonObject> objects(StackPreview stack) {
        return files(stack).values().stream().map(text -> Json.parse(text).getAsJsonObject());
    }

    private static Stream<JsonObject> ofKind(StackPreview stack, String kind) {
        return objects(stack).filter(object -> Json.text(object, "kind").equals(kind));
    }

    private static boolean isRelease(Registration resource) {
        return resource.type().equals("kubernetes:helm.sh/v3:Release");
    }

    private static String namespace(JsonObject object) {
        return Json.text(Json.object(object, "metadata"), "namespace");
    }

    private static String identity(JsonObject object) {
        return Stream.of(
                        Inputs.at(object, "kind"),
                        Inputs.at(object, "metadata", "namespace"),
                        Inputs.at(object, "metadata", "name"))
                .map(part -> part.map(JsonElement::getAsString).orElse(""))
                .collect(Collectors.joining(" "));
    }
}
