package io.buildkitefleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.fleet.Plugin;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginPackagesTest {
    @Test
    void pulumiIsToldOfThePluginsThatTheProgramUses() {
        assertThat(PluginPackages.list())
                .hasSize(Plugin.values().length)
                .contains(Map.of("resource", true, "name", "gcp", "version", Plugin.GCP.version()));
    }
}
