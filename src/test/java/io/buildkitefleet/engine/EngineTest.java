package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.engine.provider.Cloud;
import io.buildkitefleet.plan.Previews;
import io.buildkitefleet.pulumi.Plan;
import io.buildkitefleet.pulumi.PlanJson;
import io.buildkitefleet.pulumi.PropertyValues;
import io.buildkitefleet.pulumi.Registration;
import io.buildkitefleet.testing.PreviewedStacks;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program under the real engine does what the offline engine says that it will do. */
class EngineTest extends RealEngineTest {
    /** What the program says of a resource beside its inputs. */
    private static final List<String> OPTIONS = List.of(
            "type",
            "custom",
            "parent",
            "protect",
            "retainOnDelete",
            "dependencies",
            "propertyDependencies",
            "additionalSecretOutputs",
            "customTimeouts",
            "deletedWith");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "full", "local"})
    void aPreviewShowsTheResourcesThatTheOfflineEngineShows(String stack) throws Exception {
        var project = project(stack);

        assertThat(urns(steps(project.preview())))
                .containsExactlyInAnyOrderElementsOf(urns(steps(offline(project, stack))));
    }

    @Test
    void noResourceAndNoCallNeedsADefaultProvider() throws Exception {
        var project = project("full");
        project.edit("config:\n", "config:\n  pulumi:disable-default-providers: [\"*\"]\n");

        project.up().succeeded();
        assertThat(project.cloud().calls()).extracting(Cloud.Call::method).contains("Invoke", "Create");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod", "full", "local"})
    void anUpdateStoresTheOptionsAndDependenciesThatTheOfflineEngineShows(String stack) throws Exception {
        var project = project(stack);
        project.up().succeeded();

        var stored = options(project.resources().stream());
        var shown = options(steps(offline(project, stack)).map(step -> step.getAsJsonObject("newState")));
        assertThat(stored).hasSameSizeAs(shown);
        assertThat(shown.entrySet().stream().filter(entry -> !entry.getValue().equals(stored.get(entry.getKey()))))
                .as("what the offline engine shows otherwise than it is stored")
                .allSatisfy(entry -> assertThat(stored.get(entry.getKey()))
                        .as(entry.getKey())
                        .isEqualTo(entry.getValue()));
    }

    @Test
    void anUpdateStoresEncryptedWhatTheOfflineEngineMarksAsSecret() throws Exception {
        var project = project("dev");
        project.up().succeeded();
        var marked = plan(project, "dev").registrations().stream()
                .filter(registration -> !registration.isProvider())
                .collect(Collectors.toMap(Registration::urn, registration -> secretKeys(registration.inputs())));
        var stored = project.resources().stream()
                .filter(resource -> marked.containsKey(resource.get("urn").getAsString()))
                .collect(Collectors.toMap(
                        resource -> resource.get("urn").getAsString(),
                        resource -> secretKeys(resource.getAsJsonObject("inputs"))));

        assertThat(stored).isEqualTo(marked);
        assertThat(stored.values()).contains(Set.of("stringData"), Set.of("secretData"));
    }

    /** Inputs that are secrets, none for what has no inputs. */
    private static Set<String> secretKeys(JsonObject inputs) {
        return inputs == null
                ? Set.of()
                : inputs.entrySet().stream()
                        .filter(input -> PropertyValues.isSecret(input.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
    }

    @Test
    void anErrorIsSaidOnce() throws Exception {
        var project = project("dev");
        project.edit("machineType: n1-standard-8", "machineType: n1-standard-9");
        var preview = project.pulumi("preview");

        assertThat(preview.exitCode()).isNotZero();
        assertThat(preview.out() + preview.err())
                .containsOnlyOnce("is not a machine type of which the fleet knows the size, got \"n1-standard-9\"")
                .doesNotContain("SEVERE");
    }

    private static JsonObject offline(EngineProject project, String stack) {
        return PlanJson.of(plan(project, stack));
    }

    private static Plan plan(EngineProject project, String stack) {
        return new Previews(project.asOfflineProject(), PreviewedStacks.ENGINE)
                .of(stack)
                .plan();
    }

    private static Stream<JsonObject> steps(JsonObject preview) {
        return preview.getAsJsonArray("steps").asList().stream().map(JsonElement::getAsJsonObject);
    }

    private static List<String> urns(Stream<JsonObject> objects) {
        return objects.map(object -> object.get("urn").getAsString()).toList();
    }

    /** By URN, as text: what is not set has no part in it. */
    private static Map<String, String> options(Stream<JsonObject> resources) {
        return resources.collect(Collectors.toMap(
                resource -> resource.get("urn").getAsString(),
                resource -> OPTIONS.stream()
                        .filter(resource::has)
                        .map(option -> option + " " + sorted(resource.get(option)))
                        .collect(Collectors.joining("\n")),
                (one, other) -> {
                    throw new AssertionError("the same URN twice: " + one);
                },
                TreeMap::new));
    }

    /** Lists here are sets. */
    private static String sorted(JsonElement value) {
        if (value.isJsonArray()) {
            return value.getAsJsonArray().asList().stream()
                    .map(EngineTest::sorted)
                    .sorted()
                    .toList()
                    .toString();
        }
        if (value.isJsonObject()) {
            var fields = new TreeMap<String, String>();
            value.getAsJsonObject().entrySet().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return fields.toString();
        }
        return value.getAsString();
    }
}
