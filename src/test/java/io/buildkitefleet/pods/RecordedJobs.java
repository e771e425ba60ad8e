package io.buildkitefleet.pods;

import com.google.gson.JsonObject;
import io.buildkitefleet.testing.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What agent-stack-k8s 0.47.0 itself, built from its source, has made of a queue's configuration: a Job for each kind
 * of step. The configurations are those of an older fleet, in which every trusted queue took pod specs.
 *
 * @param stack of which the queue was
 * @param queue its name
 * @param namespace in which the controller ran
 * @param config its configuration, with the endpoint of Buildkite that it was run with
 * @param jobs the Jobs by the words of their step
 */
public record RecordedJobs(String stack, String queue, String namespace, JsonObject config, JsonObject jobs) {
    private static final Path FOLDER = Path.of("src/test/resources/agent-stack-k8s/jobs");

    public static List<RecordedJobs> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.endsWith("kinds.json"))
                    .sorted()
                    .map(RecordedJobs::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static RecordedJobs read(Path file) {
        try {
            var record = Json.parse(Files.readString(file)).getAsJsonObject();
            var config = record.getAsJsonObject("config");
            Json.object(config, "agent-config").addProperty("endpoint", "https://agent.buildkite.com/v3");
            return new RecordedJobs(
                    Json.text(record, "stack"),
                    Json.text(record, "queue"),
                    Json.text(record, "namespace"),
                    config,
                    record.getAsJsonObject("jobs"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The Job of a step, as it was sent to the API server. */
    public JsonObject job(Step step) {
        var job = jobs.getAsJsonObject(step.words()).deepCopy();
        job.remove("status");
        job.getAsJsonObject("metadata").addProperty("namespace", namespace);
        return job;
    }

    @Override
    public String toString() {
        return stack + ", queue " + queue;
    }
}
