package io.buildkitefleet.engine.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import io.buildkitefleet.engine.provider.Values;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
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
    void whatWasAskedAndIsNotReadYetIsNoChange() {
        var asked = Map.<String, Object>of(
                "network",
                "https://www.googleapis.com/compute/v1/projects/p/global/networks/n",
                "databaseEncryption",
                Map.of("state", "ENCRYPTED"));

        assertThat(changes(CLUSTER, asked, asked)).isEmpty();
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

    /** In each case the provider said so itself: {@code schema.Resource.Diff} of google-beta 7.45.0. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gcp:container/cluster:Cluster   | enableShieldedNodes: false           | description: ""                         | enableShieldedNodes: UPDATE
            gcp:container/cluster:Cluster   | privateClusterConfig: {masterIpv4CidrBlock: a} | privateClusterConfig: {masterIpv4CidrBlock: b} | privateClusterConfig.masterIpv4CidrBlock: UPDATE_REPLACE
            gcp:container/cluster:Cluster   | networkPolicy: {enabled: true}       | networkPolicy: {enabled: false} | networkPolicy.enabled: UPDATE
            gcp:container/cluster:Cluster   | minMasterVersion: '1.2'              | description: ""                         | minMasterVersion: DELETE
            gcp:container/cluster:Cluster   | dnsConfig: {clusterDns: CLOUD_DNS}   | description: ""                         | dnsConfig: DELETE
            gcp:container/cluster:Cluster   | verticalPodAutoscaling: {enabled: true} | description: ""                      | {}
            gcp:container/cluster:Cluster   | nodePoolAutoConfig: {networkTags: {tags: [x]}} | description: ""               | {}
            gcp:container/nodePool:NodePool | nodeConfig: {resourceLabels: {x: y}} | nodeConfig: {resourceLabels: {}} | nodeConfig.resourceLabels.x: DELETE
            gcp:container/nodePool:NodePool | nodeConfig: {tags: [a]}              | nodeConfig: {labels: {}}        | nodeConfig.tags: DELETE
            gcp:container/nodePool:NodePool | nodeConfig: {machineType: a}         | nodeConfig: {machineType: b}    | nodeConfig.machineType: UPDATE
            gcp:container/nodePool:NodePool | nodeConfig: {spot: true}             | nodeConfig: {spot: false}       | nodeConfig.spot: UPDATE_REPLACE
            gcp:container/nodePool:NodePool | nodeConfig: {flexStart: true}        | nodeConfig: {labels: {}}        | nodeConfig.flexStart: DELETE_REPLACE
            gcp:container/nodePool:NodePool | nodeConfig: {gvnic: {enabled: true}} | nodeConfig: {labels: {}}        | nodeConfig.gvnic: DELETE
            gcp:container/nodePool:NodePool | nodeConfig: {shieldedInstanceConfig: {enableSecureBoot: false}} | nodeConfig: {shieldedInstanceConfig: {enableSecureBoot: true}} | nodeConfig.shieldedInstanceConfig.enableSecureBoot: UPDATE_REPLACE
            gcp:storage/bucket:Bucket       | softDeletePolicy: {retentionDurationSeconds: 604800} | softDeletePolicy: {retentionDurationSeconds: 0} | softDeletePolicy.retentionDurationSeconds: UPDATE
            """)
    void theProviderItselfSaysSo(String token, String there, String asked, String expected) {
        var changes = new TreeMap<String, String>();
        changes(token, yaml("{name: c, " + there + "}"), yaml("{name: c, " + asked + "}"))
                .forEach((path, kind) -> changes.put(path, kind.name()));

        assertThat(changes).isEqualTo(yaml(expected));
    }

    private static Map<String, Object> yaml(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
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
