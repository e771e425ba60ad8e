package io.buildkitefleet;

import com.google.gson.Gson;
import io.buildkitefleet.fleet.Plugin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tells Pulumi which plugins the program needs, in the form of the SDK's own list. That one would name the versions of
 * the SDKs, and {@code pulumi install} would fetch plugins that nothing uses.
 */
public final class PluginPackages {
    private PluginPackages() {}

    public static void main(String[] args) {
        System.out.println(new Gson().toJson(list()));
    }

    static List<Map<String, Object>> list() {
        return Stream.of(Plugin.values())
                .<Map<String, Object>>map(plugin ->
                        new TreeMap<>(Map.of("resource", true, "name", plugin.id(), "version", plugin.version())))
                .toList();
    }
}
