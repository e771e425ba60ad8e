package io.buildkitefleet.apiserver;

import io.buildkitefleet.plan.StackPreview;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An API server for each stack that a test asks for. */
final class StackClusters implements AutoCloseable {
    private final Path directory;
    private final Map<String, StackCluster> clusters = new HashMap<>();

    /** @param directory that lasts as long as the servers, which keep their objects there */
    StackClusters(Path directory) {
        this.directory = directory;
    }

    StackCluster of(StackPreview stack) throws Exception {
        var name = stack.plan().stack().name();
        if (!clusters.containsKey(name)) {
            clusters.put(name, new StackCluster(stack.plan(), directory.resolve(name)));
        }
        return clusters.get(name);
    }

    @Override
    public void close() {
        clusters.values().forEach(StackCluster::close);
    }
}
