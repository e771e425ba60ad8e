package io.buildkitefleet.engine.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import io.buildkitefleet.engine.provider.Values;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.PropertyDiff.Kind;

/** What Google's provider takes for a change. */
class GoogleDiffTest {
    private static final String POOL = "gcp:container/nodePool:NodePool";
    private static final String CLUSTER = "gcp:container/cluster:Cluster";

    private static final Map<String, Object> NODES = Map.of("nodeConfig", Map.of("labels", Map.of("a", "x")));

    @Test
    void whatIsThereIsNoChange() {
        assertThat(changes(POOL, NODES, NODES)).isEmpty();
    }

    @Test
    void whatGoogleMayChooseIsNoChange() {
        var there = Map.of("nodeConfig", Map.of("labels", Map.of("a", "x"), "machineType", "m"), "version", "1");

        assertThat(changes(POOL, there, NODES)).isEmpty();
    }

    @Test
    void whatGoogleMayNotChooseIsAChange() {
        var there = Map.of("nodeConfig", Map.of("labels", Map.of("a", "x"), "tags", List.of("t")));

        assertThat(changes(POOL, there, NODES)).isEqualTo(Map.of("nodeConfig.tags", Kind.DELETE));
    }

    @Test
    void whatGoogleMayNotChooseAndCannotChangeReplaces() {
        var there = Map.of("nodeConfig", Map.of("labels", Map.of("a", "x"), "nodeGroup", "g"));

        assertThat(changes(POOL, there, NODES)).isEqualTo(Map.of("nodeConfig.nodeGroup", Kind.DELETE_REPLACE));
    }

    @Test
    void nothingAtAllIsNoChange() {
        var there = Map.of("nodeConfig", Map.of("labels", Map.of("a", "x"), "nodeGroup", "", "flexStart", false));

        assertThat(changes(POOL, there, NODES)).isEmpty();
        assertThat(changes(POOL, NODES, there)).isEmpty();
    }

    @Test
    void aDefaultOfTheProviderIsNoChangeAndAnythingElseIsOne() {
        var asked = Map.<String, Object>of("name", "n");

        assertThat(changes("gcp:compute/firewall:Firewall", Map.of("name", "n", "priority", 1000), asked))
                .isEmpty();
        assertThat(changes("gcp:compute/firewall:Firewall", Map.of("name", "n", "priority", 5), asked))
                .isEqualTo(Map.of("priority", Kind.UPDATE));
    }

    @Test
    void theSubnetOfTheControlPlaneIsNoChange() {
        var there = Map.<String, Object>of(
                "privateClusterConfig", Map.of("masterIpv4CidrBlock", "c", "privateEndpointSubnetwork", "s"));
        var asked = Map.<String, Object>of("privateClusterConfig", Map.of("masterIpv4CidrBlock", "c"));

        assertThat(changes(CLUSTER, there, asked)).isEmpty();
    }

    @Test
    void theEncryptionOfAllObjectsIsThatOfSecretsAndNoneIsAChange() {
        var asked = Map.<String, Object>of("databaseEncryption", Map.of("state", "ENCRYPTED"));

        assertThat(changes(
                        CLUSTER,
                        Map.of("databaseEncryption", Map.of("state", "ALL_OBJECTS_ENCRYPTION_ENABLED")),
                        asked))
                .isEmpty();
        assertThat(changes(CLUSTER, Map.of("databaseEncryption", Map.of("state", "DECRYPTED")), asked))
                .isEqualTo(Map.of("databaseEncryption.state", Kind.UPDATE));
    }

    @Test
    void labelsOfGoogleAreNoChangeAndThoseOfOthersAre() {
        var there = Map.<String, Object>of(
                "nodeConfig",
                Map.of(
                        "labels",
                        Map.of("a", "x"),
                        "resourceLabels",
                        Map.of("goog-gke-node-pool-provisioning-model", "spot", "somebodys", "own")));
        var asked =
                Map.<String, Object>of("nodeConfig", Map.of("labels", Map.of("a", "x"), "resourceLabels", Map.of()));

        assertThat(changes(POOL, there, asked)).isEqualTo(Map.of("nodeConfig.resourceLabels.somebodys", Kind.DELETE));
    }

    @Test
    void aLabelThatIsNoLongerAskedForGoes() {
        var asked = Map.<String, Object>of("nodeConfig", Map.of("labels", Map.of()));

        assertThat(changes(POOL, NODES, asked)).isEqualTo(Map.of("nodeConfig.labels.a", Kind.DELETE));
    }

    @Test
    void whatIsIgnoredIsNoChangeNorWhatIsBelow() {
        var there = Map.<String, Object>of("initialNodeCount", 3, "nodeConfig", Map.of("machineType", "a"));
        var asked = Map.<String, Object>of("initialNodeCount", 1, "nodeConfig", Map.of("machineType", "b"));

        assertThat(changes(CLUSTER, there, asked, "initialNodeCount", "nodeConfig"))
                .isEmpty();
        assertThat(changes(CLUSTER, there, asked, "initialNodeCount")).containsOnlyKeys("nodeConfig.machineType");
    }

    private static Map<String, Kind> changes(
            String token, Map<String, ?> there, Map<String, ?> asked, String... ignored) {
        return GoogleDiff.of(token, struct(there), struct(asked), List.of(ignored))
                .kinds();
    }

    private static Struct struct(Map<String, ?> plain) {
        return Values.ofPlain(plain).getStructValue();
    }
}
