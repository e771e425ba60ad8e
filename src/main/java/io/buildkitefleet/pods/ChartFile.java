package io.buildkitefleet.pods;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.buildkitefleet.text.BundledFile;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the chart, or its controller, puts into every pod of a kind. */
final class ChartFile {
    private static final Gson GSON = new Gson();

    private ChartFile() {}

    /** Reads one by its name in {@code src/main/resources/agent-stack-k8s}. */
    static JsonObject read(String name) {
        var yaml = new Yaml(new SafeConstructor(new LoaderOptions()))
                .<Object>load(BundledFile.text("/agent-stack-k8s/" + name));
        return GSON.toJsonTree(yaml).getAsJsonObject();
    }
}
