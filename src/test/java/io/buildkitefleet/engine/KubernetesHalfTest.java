package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.apiserver.ApiClient;
import io.buildkitefleet.testing.Inputs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a fleet's objects in a real cluster, under the real plugin. All is asked of the cluster's API server:
 * a state may say what is not so.
 */
@Tag("engine")
class KubernetesHalfTest {
    @TempDir
    private static Path directory;

    private static KubernetesHalf fleet;

    @BeforeAll
    static void aFleetThatIsThere() throws Exception {
        fleet = new KubernetesHalf(directory, "dev");
        fleet.project().up().succeeded();
    }

    @AfterAll
    static void stopIt() {
        fleet.close();
    }

    @Test
    void upMakesEveryObjectOfThePlan() throws Exception {
        assertThat(fleet.objects().uids(fleet.cluster().client()).keySet())
                .isEqualTo(fleet.objects().names());
    }

    @Test
    void theControllerOfEveryQueueRuns() throws Exception {
        assertThat(fleet.objects().unready(fleet.cluster().client())).isEmpty();
    }

    @Test
    void aSecondUpChangesNothing() throws Exception {
        fleet.project()
                .pulumi("up", "--yes", "--skip-preview", "--expect-no-changes")
                .succeeded();
    }

    @Test
    void aRefreshFindsNoDrift() throws Exception {
        fleet.project()
                .pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                .succeeded();
    }

    @Test
    void aNewAgentTokenReachesEveryQueueWhoseSecretIsNeverAway() throws Exception {
        var before = uids();
        fleet.project()
                .pulumi("config", "set", "--secret", "agentToken", "another-agent-token")
                .succeeded();
        fleet.project().up().succeeded();
        assertThat(uids()).isEqualTo(before);
        for (var queue : List.of("big", "light")) {
            var secret = client().get("/api/v1/namespaces/buildkite-" + queue + "/secrets/agent-token");
            assertThat(Inputs.at(secret, "data", "BUILDKITE_AGENT_TOKEN"))
                    .map(value -> new String(Base64.getDecoder().decode(value.getAsString()), StandardCharsets.UTF_8))
                    .contains("another-agent-token");
        }
        assertThat(fleet.objects().unready(client())).isEmpty();
    }

    private static Map<String, String> uids() throws InterruptedException {
        return fleet.objects().uids(client());
    }

    private static ApiClient client() {
        return fleet.cluster().client();
    }
}
