package io.buildkitefleet.pods;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the chart, or its controller, puts into every pod of a kind. */
final class ChartFile {
    private static final Gson GSON = new Gson();

    private ChartFile() {}

    /** Reads one by its name in {@code src/main/resources/agent-stack-k8s}. */
    static JsonObject read(String name) {
        var path = "/agent-stack-k8s/" + name;
        try (var resource = Objects.requireNonNull(ChartFile.class.getResourceAsStream(path), path);
                var text = new InputStreamReader(resource, StandardCharsets.UTF_8)) {
            var yaml = new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text);
            return GSON.toJsonTree(yaml).getAsJsonObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
