package io.buildkitefleet.engine;

import io.buildkitefleet.engine.provider.StandInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fleets that are brought up once, for tests that begin with one and get a copy of it: the update that makes a fleet
 * takes most of the time of such a test.
 */
final class StandingFleets implements AutoCloseable {
    private final Path directory;
    private final Map<String, EngineProject> projects = new TreeMap<>();
    private final List<StandInProviders> clouds = new ArrayList<>();

    /** @param directory an empty one */
    StandingFleets(Path directory) {
        this.directory = directory;
    }

    /** The fleet of a stack, with the cloud in which it was made. */
    EngineProject of(String stack) throws IOException, InterruptedException {
        if (!projects.containsKey(stack)) {
            var cloud = StandInProviders.start();
            clouds.add(cloud);
            var project = new EngineProject(Files.createTempDirectory(directory, stack), stack, cloud);
            project.up().succeeded();
            projects.put(stack, project);
        }
        return projects.get(stack);
    }

    @Override
    public void close() {
        clouds.forEach(StandInProviders::close);
    }
}
