package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link KubernetesHalfTest} shows of dev, of the stacks with more in them. */
@Tag("engine")
@EnabledIfEnvironmentVariable(
        named = "CI_FULL",
        matches = "1",
        disabledReason = "they take minutes; CI_FULL=1 runs them")
class LargerFleetsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"prod", "full"})
    void goUpWithEveryObjectAndAreUnchangedAfterwards(String stack) throws Exception {
        try (var fleet = new KubernetesHalf(directory, stack)) {
            fleet.project().up().succeeded();
            var cluster = fleet.cluster().client();
            assertThat(fleet.objects().uids(cluster).keySet())
                    .isEqualTo(fleet.objects().names());
            assertThat(fleet.objects().unready(cluster)).isEmpty();
            fleet.project()
                    .pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
                    .succeeded();
            fleet.project()
                    .pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                    .succeeded();
        }
    }
}
