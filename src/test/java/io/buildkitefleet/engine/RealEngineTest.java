package io.buildkitefleet.engine;

import io.buildkitefleet.engine.provider.StandInProviders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A test of the program under the real engine, whose stacks and their clouds go when it ends. */
@Tag("engine")
public abstract class RealEngineTest {
    @TempDir
    private Path directory;

    private final List<StandInProviders> clouds = new ArrayList<>();

    @AfterEach
    final void closeClouds() {
        clouds.forEach(StandInProviders::close);
    }

    /**
     * Makes a stack in the test's project, with an empty cloud of its own.
     *
     * @param stack has the configuration of the project's own stack of this name, or of the tests' stack {@code full}
     */
    protected final EngineProject project(String stack) throws IOException, InterruptedException {
        return new EngineProject(directory, stack, emptyCloud());
    }

    /**
     * Makes a stack in the test's project, with an empty cloud of its own.
     *
     * @param configuration a file like {@code Pulumi.dev.yaml}
     */
    protected final EngineProject project(String stack, Path configuration) throws IOException, InterruptedException {
        return new EngineProject(directory, stack, configuration, emptyCloud());
    }

    /** A project of which Pulumi knows nothing yet, with an empty cloud of its own. */
    protected final EngineProject clonedProject(String stack) throws IOException {
        return EngineProject.cloned(directory, stack, emptyCloud());
    }

    /** A fleet that is there, with a cloud of its own in which there is the same. */
    protected final EngineProject copyOf(EngineProject there) throws IOException {
        var cloud = StandInProviders.startWith(there.cloud());
        clouds.add(cloud);
        return there.copy(directory, cloud);
    }

    private StandInProviders emptyCloud() {
        var cloud = StandInProviders.start();
        clouds.add(cloud);
        return cloud;
    }
}
