package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import io.buildkitefleet.engine.provider.CloudResource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pulumi up} does to a fleet that is there. */
class UpdateTest extends RealEngineTest {
    private static final String LIGHT_POOL =
            "      light: {machineType: n1-standard-1, capacity: preemptible, max: 4}\n";
    private static final String LIGHT_QUEUE = "      light: {pool: light}\n";

    @TempDir
    private static Path directory;

    private static StandingFleets fleets;

    private EngineProject project;

    @BeforeAll
    static void noFleetYet() {
        fleets = new StandingFleets(directory);
    }

    @AfterAll
    static void noFleetMore() {
        fleets.close();
    }

    @BeforeEach
    void aFleetThatIsThere() throws Exception {
        project = copyOf(fleets.of("dev"));
    }

    @Test
    void aSecondUpChangesNothing() throws Exception {
        project.up().succeeded();
        assertThat(project.cloud().changes()).isEmpty();
    }

    @Test
    void aLargerPoolChangesItsNodesAndTheBoundsOfItsQueueAndNothingElse() throws Exception {
        project.edit(
                "big: {machineType: n1-standard-8, capacity: preemptible, max: 4}",
                "big: {machineType: n1-standard-8, capacity: preemptible, max: 5}");
        project.up().succeeded();
        assertThat(project.cloud().changes())
                .containsExactlyInAnyOrder(
                        "Update pool-big-nodes",
                        "Update pool-big-fallback-nodes",
                        "Update queue-big-namespace-quota",
                        "Update queue-big-release");
    }

    @Test
    void anotherQueueMakesItsOwnResourcesAndTouchesNoOther() throws Exception {
        project.edit(LIGHT_POOL, LIGHT_POOL + "      extra: {machineType: e2-standard-2, max: 2}\n");
        project.edit(LIGHT_QUEUE, LIGHT_QUEUE + "      extra: {pool: extra}\n");
        project.up().succeeded();
        assertThat(project.cloud().changes())
                .contains("Create queue-extra-release", "Create pool-extra-nodes", "Create identity-extra-account")
                .allMatch(change -> change.startsWith("Create ") && change.contains("-extra"));
    }

    @Test
    void aQueueThatGoesTakesItsOwnResourcesAndNoOther() throws Exception {
        project.edit(LIGHT_POOL, "");
        project.edit(LIGHT_QUEUE, "");
        project.up().succeeded();
        assertThat(project.cloud().changes())
                .contains("Delete queue-light-release", "Delete pool-light-nodes", "Delete identity-light-account")
                .allMatch(change -> change.startsWith("Delete ") && change.contains("-light"));
        assertThat(project.cloud().resources())
                .extracting(CloudResource::name)
                .noneMatch(name -> name.contains("light"));
    }

    @Test
    void aRefreshFindsNoDrift() throws Exception {
        project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
                .succeeded();
    }

    @Test
    void howManyNodesThereAreIsLeftToTheAutoscaler() throws Exception {
        var pool = project.cloud()
                .find("gcp:container/nodePool:NodePool", "pool-light-nodes")
                .orElseThrow();
        project.cloud()
                .change(
                        pool,
                        "initialNodeCount",
                        Value.newBuilder().setNumberValue(3).build());
        project.pulumi("refresh", "--yes", "--skip-preview").succeeded();
        project.cloud().forgetCalls();
        project.up().succeeded();
        assertThat(project.cloud().changes()).isEmpty();
    }

    @Test
    void aResourceThatSomebodyDeletedIsFoundAndMadeAgain() throws Exception {
        var bucket = project.cloud()
                .find("gcp:storage/bucket:Bucket", "artifacts-bucket")
                .orElseThrow();
        project.cloud().lose(bucket);
        project.pulumi("refresh", "--yes", "--skip-preview").succeeded();
        project.cloud().forgetCalls();
        project.up().succeeded();
        assertThat(project.cloud().changes()).contains("Create artifacts-bucket");
    }

    @Test
    void theStateHoldsNoSecretInClear() throws Exception {
        assertThat(project.state()).contains("queue-big-token", "ciphertext").doesNotContain(EngineProject.AGENT_TOKEN);
    }

    @Test
    void everythingCanBeDestroyedAgain() throws Exception {
        project.destroy().succeeded();
        assertThat(project.cloud().resources()).isEmpty();
    }
}
