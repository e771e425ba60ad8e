package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A fleet that nobody touched shows no change, though Google answers with more than was asked: a second up, a refresh,
 * a preview with one.
 */
class UnchangedTest extends RealEngineTest {
    @Test
    void theSmallStackShowsNoChange() throws Exception {
        showsNoChange("dev");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prod", "full"})
    @EnabledIfEnvironmentVariable(named = "CI_FULL", matches = "1", disabledReason = "takes minutes")
    void theLargeStacksShowNoChange(String stack) throws Exception {
        showsNoChange(stack);
    }

    private void showsNoChange(String stack) throws Exception {
        var project = project(stack);
        project.up().succeeded();
        assertThat(project.state())
                .as("Google's answers are in the state")
                .contains("ALL_OBJECTS_ENCRYPTION_ENABLED", "-pe-subnet", "goog-gke-node-pool-provisioning-model");
        project.cloud().forgetCalls();

        project.pulumi("up", "--yes", "--skip-preview", "--expect-no-changes").succeeded();
        project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                .succeeded();
        project.pulumi("preview", "--expect-no-changes").succeeded();
        project.pulumi("preview", "--refresh", "--expect-no-changes").succeeded();
        assertThat(project.cloud().changes()).isEmpty();
    }
}
