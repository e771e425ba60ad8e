package io.buildkitefleet.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.buildkitefleet.config.value.Capability;
import io.buildkitefleet.fleet.Queue;
import io.buildkitefleet.fleet.RetryRules;
import io.buildkitefleet.testing.PreviewedStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;

/** Who may run what in this project's pipelines: one for its branches, one for forks, one that deploys. */
@ExtendWith(PreviewedStacks.Extension.class)
class PipelineTest {
    /** A plan that somebody has read is not made anew. */
    private static final Map<String, Object> READ_ONCE = Map.of("manual", Map.of("permit_on_passed", false));

    private static final String OURS = ".buildkite/pipeline.yml";
    private static final String FORKS = ".buildkite/pipeline-forks.yml";
    private static final String DEPLOY = ".buildkite/pipeline-deploy.yml";

    /** A step of one of the files. */
    private record Step(Map<String, Object> fields, String file) {
        String text(String field) {
            return String.valueOf(fields.getOrDefault(field, ""));
        }

        String queue() {
            return fields.get("agents") instanceof Map<?, ?> agents ? String.valueOf(agents.get("queue")) : "";
        }

        boolean isForFork() {
            return file.equals(FORKS);
        }

        boolean deploys() {
            return file.equals(DEPLOY);
        }

        boolean isCommand() {
            return fields.containsKey("command");
        }
    }

    private final List<Step> steps = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        for (var file : List.of(OURS, FORKS, DEPLOY)) {
            Map<String, Object> pipeline = new Yaml().load(Files.readString(Path.of(file)));
            add(pipeline, file);
        }
    }

    private void add(Map<String, Object> parent, String file) {
        for (var item : (List<?>) parent.get("steps")) {
            @SuppressWarnings("unchecked")
            var step = (Map<String, Object>) item;
            if (step.containsKey("steps")) {
                add(step, file);
            } else {
                steps.add(new Step(step, file));
            }
        }
    }

    @Test
    void everyQueueIsOneOfTheFleetOrTheOneOfForks(PreviewedStacks previews) {
        var queues = previews.prod().fleet().queues().stream().map(queue -> queue.name());
        assertThat(steps.stream().filter(Step::isCommand).map(Step::queue))
                .isSubsetOf(Stream.concat(queues, Stream.of("untrusted")).toList());
    }

    /** A pipeline belongs to one Buildkite cluster, and the untrusted queue is alone in its own. */
    @Test
    void aForkRunsWhereThereIsNoSecretAndNothingElseDoes() {
        assertThat(steps.stream().filter(Step::isCommand))
                .allSatisfy(step -> assertThat(step.queue().equals("untrusted"))
                        .as("whether \"%s\" is for forks", step.text("label"))
                        .isEqualTo(step.isForFork()));
    }

    @Test
    void everyStackIsReviewedForEverybody() {
        assertThat(steps)
                .filteredOn(step -> step.text("command").startsWith(".buildkite/steps/review"))
                .extracting(Step::isForFork, step -> step.text("command"))
                .containsExactlyInAnyOrder(
                        tuple(true, ".buildkite/steps/review dev prod"),
                        tuple(false, ".buildkite/steps/review dev prod"));
    }

    @Test
    void noStepRunsOnAQueueThatCanDeploy(PreviewedStacks previews) {
        var deploying = previews.prod().fleet().queues().stream()
                .filter(queue -> queue.can(Capability.KUBECTL) || queue.can(Capability.HELM))
                .map(Queue::name)
                .toList();

        assertThat(deploying).isNotEmpty();
        assertThat(steps.stream().filter(step -> !step.deploys()).map(Step::queue))
                .doesNotContainAnyElementsOf(deploying);
    }

    @Test
    void whatDeploysRunsForMainAloneByItsOwnWordAndByItsQueues(PreviewedStacks previews) {
        assertThat(steps).filteredOn(Step::deploys).isNotEmpty().allSatisfy(step -> assertThat(step.text("if"))
                .isEqualTo("build.branch == \"main\" && build.pull_request.id == null"));
        assertThat(steps)
                .filteredOn(step -> step.deploys() && step.isCommand())
                .extracting(Step::queue)
                .containsOnly("deploy");
        assertThat(previews.prod().fleet().queues())
                .filteredOn(queue -> queue.name().equals("deploy"))
                .singleElement()
                .satisfies(
                        queue -> assertThat(queue.config().only().orElseThrow().branches())
                                .containsExactly("main"));
    }

    /** The queue of these steps is one of prod, which comes after dev. */
    @Test
    void eachStackIsDoneAsPlannedOnceItsPlanWasRead() {
        var deploy = steps.stream().filter(Step::deploys).toList();
        assertThat(deploy)
                .extracting(step -> step.text("key"), step -> step.text("depends_on"), step -> step.text("command"))
                .containsExactly(
                        tuple("plan-dev", "", ".buildkite/steps/plan dev"),
                        tuple("read-dev", "plan-dev", ""),
                        tuple("up-dev", "read-dev", ".buildkite/steps/up dev"),
                        tuple("plan-prod", "up-dev", ".buildkite/steps/plan prod"),
                        tuple("read-prod", "plan-prod", ""),
                        tuple("up-prod", "read-prod", ".buildkite/steps/up prod"));
        assertThat(deploy)
                .filteredOn(step -> step.text("key").startsWith("read-"))
                .allMatch(step -> step.fields().containsKey("block"));
    }

    @Test
    void aStackIsDeployedOnceAtATimeAndNotAgainByItself() {
        assertThat(steps).filteredOn(step -> step.deploys() && step.isCommand()).allSatisfy(step -> {
            assertThat(step.text("concurrency_group"))
                    .isEqualTo("fleet/" + step.text("command").replaceAll(".* ", ""));
            assertThat(step.text("concurrency")).isEqualTo("1");
            var isPlan = step.text("command").contains("/plan ");
            assertThat(step.fields().get("retry")).isEqualTo(isPlan ? READ_ONCE : null);
        });
    }

    @Test
    void whatMayRunTwiceIsRetriedByTheFleetsOwnRules() {
        assertThat(steps)
                .filteredOn(step -> step.fields().containsKey("retry") && !step.deploys())
                .isNotEmpty()
                .allMatch(step -> step.fields().get("retry").equals(Map.of("automatic", RetryRules.rules())));
    }

    @Test
    void everyCommandIsAFileThatCanBeRunInAnImageOfAFixedVersion() {
        assertThat(steps.stream().filter(Step::isCommand)).allSatisfy(step -> {
            assertThat(Path.of(step.text("command").split(" ")[0])).isExecutable();
            assertThat(step.text("image")).matches("[a-z/]+:[0-9][a-z0-9.-]+");
        });
    }
}
