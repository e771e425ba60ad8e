package io.buildkitefleet.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.buildkitefleet.plan.StackPlan;
import io.buildkitefleet.testing.Json;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in pods that other people's scanners see are seen by the one rule for pods, which says what is wrong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(PreviewedStacks.Extension.class)
class PodMistakesTest {
    private static final Path FILE = Path.of("src/test/resources/pod-security/mistakes.yaml");

    private static final String BESIDE = "[{name: beside, image: 'ghcr.io/buildkite/agent:3.136.2', resources: "
            + "{requests: {cpu: 1m, memory: 1Mi}, limits: {memory: 1Mi}}, securityContext: {}}]";

    private static final String CONTAINERS = "values.config.pod-spec-patch.containers";

    private EditedPlan prod;
    private List<Finding> before;

    /** One of the file. */
    record Mistake(String id, JsonObject row) {
        EditedPlan in(EditedPlan plan) {
            var edited = plan;
            if (row.has("beside")) {
                var containers = Json.parse(BESIDE).getAsJsonArray();
                containers.get(0).getAsJsonObject().add("securityContext", row.get("beside"));
                edited = edited.with(resource(), containers.toString(), steps(CONTAINERS));
            }
            for (var change : Json.object(row, "changes").asMap().entrySet()) {
                edited = edited.changed(resource(), change.getValue(), steps(change.getKey()));
            }
            return edited;
        }

        String resource() {
            return Json.text(row, "resource");
        }

        List<String> words(String key) {
            return Json.list(row, key).asList().stream()
                    .map(word -> word.getAsString())
                    .toList();
        }

        private static Object[] steps(String path) {
            return Stream.of(path.split("\\."))
                    .map(step -> step.matches("\\d+") ? (Object) Integer.valueOf(step) : step)
                    .toArray();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static List<Mistake> mistakes() throws IOException {
        var mistakes = new ArrayList<Mistake>();
        Json.patch(Files.readString(FILE))
                .getAsJsonObject()
                .asMap()
                .forEach((id, row) -> mistakes.add(new Mistake(id, row.getAsJsonObject())));
        return mistakes;
    }

    @BeforeAll
    void planOfProd(PreviewedStacks previews) {
        var plan = StackPlan.of(previews.prod());
        prod = new EditedPlan(plan.resources(), plan.fleet());
        before = prod.assessed().open();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void theRuleForPodsSeesIt(Mistake mistake) {
        var found = mistake.in(prod).assessed().open().stream()
                .filter(finding -> !before.contains(finding))
                .collect(Collectors.groupingBy(finding -> finding.rule().id()));

        assertThat(found.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(mistake.words("also").stream(), Stream.of("pod-admitted"))
                                .toList());
        assertThat(found.get("pod-admitted"))
                .allSatisfy(finding -> assertThat(finding.resource()).isEqualTo(mistake.resource()))
                .extracting(finding -> finding.detail().replaceFirst(".*, where (.+) allows .*", "$1"))
                .containsExactlyInAnyOrderElementsOf(mistake.words("controls"));
    }
}
