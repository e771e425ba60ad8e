package io.buildkitefleet.pods;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.buildkitefleet.config.value.Memory;
import io.buildkitefleet.fleet.images.Images;
import io.buildkitefleet.testing.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The stand-in for the controller makes what the controller makes. */
class StackControllerTest {
    private static final String CHART_IMAGE = "ghcr.io/buildkite/agent:3.136.2";

    @TestFactory
    Stream<DynamicTest> makesTheJobThatTheRealOneMade() {
        return RecordedJobs.all().stream().flatMap(recorded -> Steps.kinds().stream()
                .map(step ->
                        DynamicTest.dynamicTest(recorded + ", " + step, () -> assertThat(leaves(made(recorded, step)))
                                .containsExactlyInAnyOrderEntriesOf(leaves(recorded.job(step))))));
    }

    @Test
    void isTheControllerOfTheChartThatIsPinned() {
        assertThat(Images.publishedChart().tag().orElseThrow())
                .as(
                        "The recorded Jobs, JobParameters, jobs.yaml and containers.yaml are of agent-stack-k8s 0.47.0. Before"
                                + " another version is pinned, compare its internal/controller/scheduler/scheduler.go and"
                                + " config/agent_config.go with them, and record its Jobs")
                .isEqualTo("0.47.0");
    }

    @Test
    void aJobThatHasEndedIsKeptAsLongAsTheConfigurationSays() {
        var recorded = RecordedJobs.all().get(0);
        var config = recorded.config();
        config.addProperty("image", CHART_IMAGE);
        config.addProperty("job-ttl", "1h30m");
        var job = new StackController(recorded.namespace(), "c", "devel", "", config)
                .job(Steps.kinds().get(0));

        assertThat(Json.object(job, "spec").get("ttlSecondsAfterFinished").getAsInt())
                .isEqualTo(5400);
    }

    private static JsonObject made(RecordedJobs recorded, Step step) {
        var real = recorded.job(step);
        var labels = Json.object(Json.object(real, "metadata"), "labels");
        var config = recorded.config();
        if (!config.has("image")) {
            config.addProperty("image", CHART_IMAGE);
        }
        var id = Json.text(labels, "buildkite.com/controller-id");
        // The one whose Jobs are recorded was built from source.
        return new StackController(recorded.namespace(), id, "devel", "", config)
                .job(step, Json.text(labels, "buildkite.com/job-uuid"));
    }

    /** Every text, number and flag by its path, so that a difference is one line. */
    private static Map<String, String> leaves(JsonObject job) {
        var leaves = new TreeMap<String, String>();
        add(leaves, "", job);
        return leaves;
    }

    private static void add(Map<String, String> leaves, String path, JsonElement value) {
        if (value instanceof JsonObject object && !object.isEmpty()) {
            object.asMap().forEach((key, inner) -> add(leaves, path + "." + key, inner));
        } else if (value instanceof JsonArray items && !items.isEmpty()) {
            for (int i = 0; i < items.size(); i++) {
                add(leaves, path + "[" + key(items.get(i), i) + "]", items.get(i));
            }
        } else {
            leaves.put(path, text(path, value));
        }
    }

    private static String text(String path, JsonElement value) {
        if (!value.isJsonPrimitive()) {
            return value.toString();
        }
        if (path.endsWith(".memory")) {
            return Memory.parse(value.getAsString()).orElseThrow().mebibytes() + " MiB";
        }
        return path.contains("[BUILDKITE_AGENT_TAGS]")
                ? Stream.of(value.getAsString().split(",")).sorted().collect(Collectors.joining(","))
                : value.getAsString();
    }

    /** The controller sets variables, tags, volumes and the checks of images in an order that means nothing. */
    private static String key(JsonElement item, int place) {
        if (item instanceof JsonObject object && object.has("name") && !object.has("mountPath")) {
            var name = Json.text(object, "name");
            if (name.startsWith("imagecheck-")) {
                object.remove("name");
                return "imagecheck of " + Json.text(object, "image");
            }
            return object.has("image") ? place + " " + name : name;
        }
        return String.valueOf(place);
    }
}
