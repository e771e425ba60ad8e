package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.CloudResource;
import io.buildkitefleet.engine.provider.StandInProviders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A protected fleet, and how it is taken down all the same. */
@Tag("engine")
class ProtectionTest {
    @TempDir
    Path directory;

    private final StandInProviders providers = StandInProviders.start();
    private EngineProject project;

    @BeforeEach
    void aProtectedFleet() throws Exception {
        project = new EngineProject(directory, "prod", providers);
        project.up().succeeded();
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void itRefusesToBeDestroyed() throws Exception {
        var refused = project.destroy();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.out() + refused.err()).contains("protected");
        assertThat(providers.cloud().resources())
                .extracting(CloudResource::name)
                .contains("cluster-gke", "artifacts-bucket", "keys-cluster", "network-vpc");
    }

    @Test
    void takingTheProtectionOffWhatHasItIsEnoughToDestroyIt() throws Exception {
        project.edit("    organization: acme\n", "    organization: acme\n    protect: false\n");
        var arguments = new ArrayList<>(List.of("up", "--yes", "--skip-preview"));
        for (var urn : project.protectedUrns()) {
            arguments.addAll(List.of("--target", urn));
        }
        project.pulumi(arguments.toArray(String[]::new)).succeeded();
        project.destroy().succeeded();
        assertThat(providers.cloud().resources()).isEmpty();
    }
}
