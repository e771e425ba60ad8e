package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.CloudResource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A protected fleet, and how it is taken down all the same. */
class ProtectionTest extends RealEngineTest {
    private EngineProject project;

    @BeforeEach
    void aProtectedFleet() throws Exception {
        project = project("prod");
        project.up().succeeded();
    }

    @Test
    void itRefusesToBeDestroyed() throws Exception {
        var refused = project.destroy();
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.out() + refused.err()).contains("protected");
        assertThat(project.cloud().resources())
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
        assertThat(project.cloud().resources()).isEmpty();
    }
}
