package io.buildkitefleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.buildkitefleet.engine.provider.CloudResource;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster that is another one afterwards: every object has to be in it, which only its own API server can say. */
@Tag("engine")
class ClusterLossTest {
    private static final String CLUSTER = "gcp:container/cluster:Cluster";

    @TempDir
    private Path directory;

    private KubernetesHalf fleet;

    @BeforeEach
    void aFleetThatIsThere() throws Exception {
        fleet = new KubernetesHalf(directory, "dev");
        fleet.project().up().succeeded();
    }

    @AfterEach
    void stopIt() {
        fleet.close();
    }

    @Test
    void aClusterThatIsReplacedHasEveryObjectAgain() throws Exception {
        var old = fleet.cluster();
        fleet.project().edit("zones: [us-west1-a]", "zones: [us-west1-b]");
        var cluster = fleet.startCluster();
        fleet.project().up().succeeded();
        assertThat(fleet.objects().uids(cluster.client()).keySet())
                .isEqualTo(fleet.objects().names());
        assertThat(fleet.objects().unready(cluster.client())).isEmpty();
        assertThat(fleet.objects().uids(old.client())).isEmpty();
    }

    /** The steps of docs/runbook.md; without them, a cluster that only does not answer would be forgotten as well. */
    @Test
    void aClusterThatIsLostIsForgottenAndMadeAgainByTheStepsOfTheRunbookAlone() throws Exception {
        loseCluster();
        var refresh = fleet.project().pulumi("refresh", "--yes", "--skip-preview");
        assertThat(refresh.exitCode()).isNotZero();
        assertThat(refresh.toString()).contains("unreachable cluster");
        assertThat(fleet.project().resources())
                .extracting(resource -> resource.get("type").getAsString())
                .contains("kubernetes:core/v1:Namespace", "kubernetes:helm.sh/v3:Release");

        Runbook.section("The cluster is gone").runIn(fleet.project(), Map.of("STACK", "dev"));
        assertThat(fleet.objects().uids(fleet.cluster().client()).keySet())
                .isEqualTo(fleet.objects().names());
        assertThat(fleet.objects().unready(fleet.cluster().client())).isEmpty();
    }

    /** Somebody deletes it, its nodes with it; the next one that Google makes is empty. */
    private void loseCluster() throws Exception {
        var cloud = fleet.project().cloud();
        cloud.resources().stream()
                .filter(resource ->
                        resource.type().equals(CLUSTER) || resource.type().equals("gcp:container/nodePool:NodePool"))
                .forEach(cloud::lose);
        fleet.cluster().close();
        fleet.startCluster();
        assertThat(cloud.resources()).extracting(CloudResource::type).doesNotContain(CLUSTER);
    }
}
